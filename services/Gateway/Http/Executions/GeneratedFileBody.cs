using System.ComponentModel.DataAnnotations;
using CodeInterpreter.Gateway.Http.Json;

namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>A stored file that an execution wrote.</summary>
internal sealed record GeneratedFileBody
{
    /// <summary>Path relative to the output directory, with / between folders.</summary>
    public required string Filename { get; init; }

    /// <summary>Category, such as data, image or text.</summary>
    public required string Type { get; init; }

    /// <summary>Internet media type.</summary>
    public required string MimeType { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the content, 64 lower-case hexadecimal digits.</summary>
    [RegularExpression(Patterns.Sha256)]
    public required string Sha256 { get; init; }

    /// <summary>Its id, to download it or to use it in another execution.</summary>
    [RegularExpression(Patterns.FileId)]
    public required string FileId { get; init; }

    /// <summary>When the file is deleted.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The content in base64, if it was requested and the file is small enough; null otherwise.</summary>
    public byte[]? Data { get; init; }

    /// <summary>The id of the input file that the code changed in place; null for a new file.</summary>
    [RegularExpression(Patterns.FileId)]
    public required string? ModifiedFrom { get; init; }
}
