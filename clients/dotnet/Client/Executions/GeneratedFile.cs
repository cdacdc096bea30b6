namespace CodeInterpreter.Client;

/// <summary>A file that code wrote and the service stored.</summary>
public sealed record GeneratedFile
{
    /// <summary>The id that later code, and <see cref="CodeInterpreterClient.Files"/>, use it by.</summary>
    public string FileId { get; init; } = "";

    /// <summary>Path in the working directory, with <c>/</c> between folders. The code chose it: do not use it as a local path.</summary>
    public string Filename { get; init; } = "";

    /// <summary>Category, such as <c>data</c>, <c>image</c> or <c>text</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>Internet media type, such as <c>text/csv</c>.</summary>
    public string MimeType { get; init; } = "";

    /// <summary>Size in bytes.</summary>
    public long Size { get; init; }

    /// <summary>SHA-256 of the content in lower-case hexadecimal.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>When the service deletes it.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The input file that the code changed; null for a new file.</summary>
    public string? ModifiedFrom { get; init; }

    /// <summary>The content, where <see cref="ExecutionRequest.IncludeData"/> asks for it and it is small enough; otherwise null.</summary>
    public ReadOnlyMemory<byte>? Data { get; init; }
}

/// <summary>A file that code wrote and the service did not store.</summary>
/// <param name="Path">Path in the working directory; bytes that are not UTF-8 are replaced.</param>
/// <param name="Reason">Why.</param>
/// <param name="Size">Size in bytes; 0 where it has none.</param>
/// <param name="Detail">One sentence for people.</param>
public sealed record SkippedFile(string Path, SkipReason Reason, long Size, string Detail);

/// <summary>A file that code left outside of the working directory, where it is not stored.</summary>
/// <param name="Path">Absolute path in the sandbox.</param>
/// <param name="Size">Size in bytes.</param>
public sealed record LeftBehindFile(string Path, long Size);
