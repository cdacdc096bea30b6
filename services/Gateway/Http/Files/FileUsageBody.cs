namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>The storage that a user uses, and its limits.</summary>
internal sealed record FileUsageBody
{
    /// <summary>The number of files without expired ones.</summary>
    public required long Files { get; init; }

    /// <summary>The size of these files in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The largest number of files; null for no limit.</summary>
    public required long? MaxFiles { get; init; }

    /// <summary>The largest size of all files in bytes; null for no limit.</summary>
    public required long? MaxBytes { get; init; }
}
