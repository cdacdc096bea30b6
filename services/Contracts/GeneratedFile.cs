namespace CodeInterpreter.Contracts;

/// <summary>A file that an execution wrote and the file store now keeps.</summary>
public sealed record GeneratedFile
{
    /// <summary>Its id in the file store.</summary>
    public required string FileId { get; init; }

    /// <summary>Path relative to the output directory, with <c>/</c> between folders.</summary>
    public required string Filename { get; init; }

    /// <summary>Category, such as <c>data</c>, <c>image</c> or <c>text</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Internet media type.</summary>
    public required string MimeType { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>SHA-256 of the content in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When the file expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The id of the input file that the code changed in place; null for a new file.</summary>
    public string? ModifiedFrom { get; init; }
}
