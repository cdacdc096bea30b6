using System.ComponentModel.DataAnnotations;

namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>How long to keep a file.</summary>
internal sealed record ExtendFileBody
{
    /// <summary>Seconds from now.</summary>
    [Required]
    public long? LifetimeSeconds { get; init; }
}
