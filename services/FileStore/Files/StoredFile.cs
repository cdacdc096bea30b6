namespace CodeInterpreter.FileStore.Files;

/// <summary>The record of a stored file.</summary>
internal sealed record StoredFile
{
    public required string FileId { get; init; }

    public required string UserId { get; init; }

    /// <summary>Name as the owner gave it.</summary>
    public required string Filename { get; init; }

    /// <summary>Where the bytes are, in the terms of the blob store.</summary>
    public required string FilePath { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long FileSize { get; init; }

    /// <summary>Category, such as <c>data</c> or <c>image</c>.</summary>
    public required string FileType { get; init; }

    public required string MimeType { get; init; }

    /// <summary>SHA-256 of the content in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    public required FileSource Source { get; init; }

    /// <summary>The execution that wrote the file; null for an uploaded one.</summary>
    public string? ExecutionId { get; init; }

    /// <summary>The owner's name for the upload it came with; null for none. No two visible files of an owner share one.</summary>
    public string? UploadId { get; init; }

    /// <summary>UTC, whole milliseconds: what every database can keep.</summary>
    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary>When the file expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
