using System.ComponentModel.DataAnnotations;
using CodeInterpreter.Gateway.Http.Json;

namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>How long to keep a file.</summary>
internal sealed record ExtendFileBody
{
    /// <summary>The owner, if the query has none.</summary>
    [RegularExpression(Patterns.UserId)]
    public string? UserId { get; init; }

    /// <summary>Seconds from now.</summary>
    [Required]
    [Range(1, int.MaxValue)]
    public long? LifetimeSeconds { get; init; }
}
