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
}
