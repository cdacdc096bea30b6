using System.ComponentModel.DataAnnotations;
using CodeInterpreter.Gateway.Http.Json;

namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>The record of a stored file.</summary>
internal sealed record FileBody
{
    /// <summary>The file's id: the user's id, a Unix time in seconds and a random part, separated by _.</summary>
    [RegularExpression(Patterns.FileId)]
    public required string FileId { get; init; }

    /// <summary>The owner.</summary>
    [RegularExpression(Patterns.UserId)]
    public required string UserId { get; init; }

    /// <summary>The name as uploaded; for a generated file its path relative to the output directory.</summary>
    public required string Filename { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The old name of `size`.</summary>
    public required long FileSize { get; init; }

    /// <summary>Category, such as data, image or text.</summary>
    public required string Type { get; init; }

    /// <summary>The old name of `type`.</summary>
    public required string FileType { get; init; }

    /// <summary>Internet media type.</summary>
    public required string MimeType { get; init; }

    /// <summary>SHA-256 of the content, 64 lower-case hexadecimal digits.</summary>
    [RegularExpression(Patterns.Sha256)]
    public required string Sha256 { get; init; }

    /// <summary>Whether it was uploaded or generated.</summary>
    public required FileSourceBody Source { get; init; }

    /// <summary>The execution that wrote it; null for an uploaded file.</summary>
    [RegularExpression(Patterns.ExecutionId)]
    public required string? ExecutionId { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary>When the file expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
