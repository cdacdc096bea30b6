namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>How much a user has stored, and may store.</summary>
internal sealed record FileUsageBody
{
    /// <summary>Number of files; expired ones do not count.</summary>
    public required long Files { get; init; }

    /// <summary>Their bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Number of files that may be there; null for no limit.</summary>
    public required long? MaxFiles { get; init; }

    /// <summary>Bytes that may be there; null for no limit.</summary>
    public required long? MaxBytes { get; init; }
}
