using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Executions.Requests;

/// <summary>The limits that a request sets; null for the operator's default.</summary>
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
    /// The limits in the command. Where the request sets none, it is the operator's maximum; a runner applies its own limit if that is
    /// lower.
    /// CPU time, memory and processes are only set if the operator has lowered their maximum: CPU time is not limited by default, and
    /// limiting a warm sandbox takes time.
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
