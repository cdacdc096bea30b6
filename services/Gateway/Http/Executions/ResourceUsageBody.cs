namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>The resources that all processes of an execution used together.</summary>
internal sealed record ResourceUsageBody
{
    /// <summary>Wall-clock time in seconds.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>CPU time in user mode, in seconds.</summary>
    public required double CpuUserSeconds { get; init; }

    /// <summary>CPU time in the kernel, in seconds.</summary>
    public required double CpuSystemSeconds { get; init; }

    /// <summary>Highest memory use in bytes; 0 if the kernel does not report it.</summary>
    public required long PeakMemoryBytes { get; init; }

    /// <summary>
    /// Processes that the kernel killed because the memory limit was reached, whatever the outcome: code may go on when its child process
    /// is
    /// killed. The message says so, too.
    /// </summary>
    public required long OomKills { get; init; }
}
