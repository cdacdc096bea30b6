namespace CodeInterpreter.Client;

/// <summary>How far a transfer has come.</summary>
/// <param name="Bytes">Bytes that were transferred.</param>
/// <param name="Total">All bytes; null where their number is not known.</param>
public readonly record struct TransferProgress(long Bytes, long? Total);

/// <summary>How to upload a file.</summary>
public sealed record UploadOptions
{
    /// <summary>Receives the progress after each part. It begins again where an upload that broke off is repeated.</summary>
    public IProgress<TransferProgress>? Progress { get; init; }

    /// <summary>
    /// SHA-256 of the content in hexadecimal; other content is refused with <see cref="ErrorReasons.DataLoss"/>. Without it, the client
    /// compares what it sent with what the service stored.
    /// </summary>
    public string? Sha256 { get; init; }

    /// <summary>
    /// A name of your own for this upload, at most 256 bytes of UTF-8: repeating it with the same name and content returns the first file,
    /// and
    /// other content replaces that file. Null for a name that the client makes for this call, so that its own retries store one file.
    /// </summary>
    public string? UploadId { get; init; }
}

/// <summary>How to download a file.</summary>
public sealed record DownloadOptions
{
    /// <summary>Bytes to leave out at the start, such as those of an earlier download that broke off.</summary>
    public long Offset { get; init; }

    /// <summary>Most bytes to return, above 0; null for all up to the end.</summary>
    public long? Length { get; init; }

    /// <summary>Receives the progress after each part.</summary>
    public IProgress<TransferProgress>? Progress { get; init; }
}
