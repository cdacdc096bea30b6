namespace CodeInterpreter.Gateway.Executions;

/// <summary>What a caller wants an execution to be limited to; null means the operator's default.</summary>
internal sealed record RequestedLimits
{
    public static readonly RequestedLimits None = new();

    public double? WallTimeSeconds { get; init; }

    public double? CpuTimeSeconds { get; init; }

    public long? MemoryBytes { get; init; }

    public int? Processes { get; init; }

    public int? OutputBytes { get; init; }

    public long? FileBytes { get; init; }

    public int? Files { get; init; }

    public long? TotalFileBytes { get; init; }
}
