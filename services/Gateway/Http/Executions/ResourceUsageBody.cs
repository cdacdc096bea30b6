namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>What an execution used, all of its processes together.</summary>
internal sealed record ResourceUsageBody
{
    /// <summary>Wall-clock time in seconds.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>CPU time in user mode, in seconds.</summary>
    public required double CpuUserSeconds { get; init; }

    /// <summary>CPU time in the kernel, in seconds.</summary>
    public required double CpuSystemSeconds { get; init; }

    /// <summary>Highest memory use in bytes; 0 when the kernel does not tell.</summary>
    public required long PeakMemoryBytes { get; init; }

    /// <summary>
    /// Processes that the kernel ended because the limit of memory was reached, whatever the outcome: code may go on when a child of its own
    /// is ended. The message says so, too.
    /// </summary>
    public required long OomKills { get; init; }
}
