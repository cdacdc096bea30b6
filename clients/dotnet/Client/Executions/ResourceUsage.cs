namespace CodeInterpreter.Client;

/// <summary>What an execution used, all of its processes together.</summary>
public sealed record ResourceUsage
{
    /// <summary>Wall-clock time.</summary>
    public TimeSpan WallTime { get; init; }

    /// <summary>CPU time in user code.</summary>
    public TimeSpan UserCpuTime { get; init; }

    /// <summary>CPU time in the kernel.</summary>
    public TimeSpan SystemCpuTime { get; init; }

    /// <summary>Most bytes of memory at one time; 0 where the kernel does not report it.</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>Processes that were ended because the limit of memory was reached.</summary>
    public long OutOfMemoryKills { get; init; }
}
