using CodeInterpreter.FileStore.Files;

namespace CodeInterpreter.FileStore.Catalog;

/// <summary>What is known of a file before its bytes arrive.</summary>
internal sealed record NewFile
{
    public required string UserId { get; init; }

    public required string Filename { get; init; }

    /// <summary>Announced size in bytes, null when unknown.</summary>
    public long? Size { get; init; }

    /// <summary>Announced SHA-256 in lower-case hexadecimal, null when unknown.</summary>
    public string? Sha256 { get; init; }

    public FileSource Source { get; init; }

    public string? ExecutionId { get; init; }

    /// <summary>The most that the execution may have with this file.</summary>
    public Quota Budget { get; init; } = Quota.None;

    /// <summary>The owner's name for this upload, null for none.</summary>
    public string? UploadId { get; init; }
}
