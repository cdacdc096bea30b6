namespace CodeInterpreter.Gateway.Executions;

/// <summary>What a caller wants an execution to be limited to; null means the operator's default.</summary>
internal sealed record RequestedLimits
{
    public static readonly RequestedLimits None = new();

    private static readonly ExecutionOptions BuiltIn = new();

    public double? WallTimeSeconds { get; init; }

    public double? CpuTimeSeconds { get; init; }

    public long? MemoryBytes { get; init; }

    public int? Processes { get; init; }

    public int? OutputBytes { get; init; }

    public long? FileBytes { get; init; }

    public int? Files { get; init; }

    public long? TotalFileBytes { get; init; }

    /// <summary>
    /// What a runner is told: where the caller names no limit, the operator's maximum. A runner keeps to its own limits where they
    /// are lower. CPU time, memory and processes are only told when the operator has lowered them: there is no limit of CPU time by
    /// default, and to limit a sandbox that is ready takes time.
    /// </summary>
    public Contracts.ExecutionLimits Within(ExecutionOptions max) =>
        new(
            CpuTimeSeconds ?? Lowered(max.MaxCpuTime.TotalSeconds, BuiltIn.MaxCpuTime.TotalSeconds),
            MemoryBytes ?? Lowered(max.MaxMemoryBytes, BuiltIn.MaxMemoryBytes),
            Processes ?? Lowered(max.MaxProcesses, BuiltIn.MaxProcesses),
            OutputBytes ?? max.MaxOutputBytes,
            FileBytes ?? max.MaxFileBytes,
            Files ?? max.MaxFiles,
            TotalFileBytes ?? max.MaxTotalFileBytes
        );

    private static T? Lowered<T>(T max, T builtIn)
        where T : struct, IComparable<T> => max.CompareTo(builtIn) < 0 ? max : null;
}
