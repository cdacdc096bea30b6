namespace CodeInterpreter.Client;

/// <summary>Where a stored file came from.</summary>
public enum FileSource
{
    /// <summary>A source that this version of the package does not know.</summary>
    Unknown,

    /// <summary>A user uploaded it.</summary>
    Uploaded,

    /// <summary>An execution wrote it.</summary>
    Generated,
}

/// <summary>The record of a stored file.</summary>
public sealed record StoredFile
{
    /// <summary>Its id, which nobody can guess.</summary>
    public string FileId { get; init; } = "";

    /// <summary>The user that it belongs to.</summary>
    public string UserId { get; init; } = "";

    /// <summary>Its name as given, or its path in the working directory. Do not use it as a local path.</summary>
    public string Filename { get; init; } = "";

    /// <summary>Size in bytes.</summary>
    public long Size { get; init; }

    /// <summary>Category, such as <c>data</c>, <c>image</c> or <c>text</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>Internet media type, such as <c>text/csv</c>.</summary>
    public string MimeType { get; init; } = "";

    /// <summary>SHA-256 of the content in lower-case hexadecimal.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Where it came from.</summary>
    public FileSource Source { get; init; }

    /// <summary>The execution that wrote it; null for an uploaded file.</summary>
    public string? ExecutionId { get; init; }

    /// <summary>When it was stored.</summary>
    public DateTimeOffset UploadedAt { get; init; }

    /// <summary>When the service deletes it.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>How much a user has stored, and may store.</summary>
/// <param name="Files">Files that have not expired.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="MaxFiles">Files that the user may have; null for no limit.</param>
/// <param name="MaxBytes">Bytes that the user may have; null for no limit.</param>
public sealed record FileUsage(long Files, long Bytes, long? MaxFiles, long? MaxBytes);

/// <summary>A link with which anybody can download a file, until it expires.</summary>
/// <param name="Url">A whole address, or a path on the service's HTTP address where its operator has set none.</param>
/// <param name="ExpiresAt">When it expires; not after its file.</param>
public sealed record FileLink(Uri Url, DateTimeOffset ExpiresAt);
