using System.ComponentModel.DataAnnotations;

namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>A file that comes with its request.</summary>
internal sealed record InlineFileBody
{
    /// <summary>Path relative to the working directory, with / between folders.</summary>
    [Required]
    public string? Filename { get; init; }

    /// <summary>The content in base64.</summary>
    public byte[]? Data { get; init; }
}
