namespace CodeInterpreter.Runner.Sandboxes.Protocol;

/// <summary>Announces the code, the standard input or a file; its bytes follow.</summary>
internal sealed record ItemCommand(string Kind, long Size, string? Path = null, string? FileId = null);

/// <summary>Starts the code.</summary>
internal sealed record ExecuteCommand(
    IReadOnlyList<string> Args,
    SandboxLimits Limits,
    IReadOnlyDictionary<string, string> Environment,
    bool Echo,
    bool Interactive,
    bool MergeOutput,
    string Language
);

/// <summary>Stops the code; output and files still come.</summary>
internal sealed record KillCommand(string KilledBy);

/// <summary>What the supervisor enforces from within; the runner checks the same from outside.</summary>
internal sealed record SandboxLimits
{
    /// <summary>Wall-clock time of the code.</summary>
    public required double WallTimeSeconds { get; init; }

    /// <summary>CPU time of all processes together; null for no limit of its own.</summary>
    public double? CpuSeconds { get; init; }

    /// <summary>Bytes forwarded of each output stream.</summary>
    public required long OutputBytes { get; init; }

    /// <summary>Bytes both output streams may have together; more ends the execution.</summary>
    public required long OutputKillBytes { get; init; }

    /// <summary>Largest file that is returned.</summary>
    public required long FileBytes { get; init; }

    /// <summary>Most files that are returned.</summary>
    public required int Files { get; init; }

    /// <summary>Most bytes that all returned files may have together.</summary>
    public required long TotalFileBytes { get; init; }

    /// <summary>Most skipped entries that are reported one by one.</summary>
    public required int SkippedFiles { get; init; }
}
