using CodeInterpreter.Gateway.Executions.Requests;

namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>
/// Limits of an execution. An unset limit has the operator's default; values above the operator's maximum, zero and negative values are
/// refused.
/// </summary>
internal sealed record ExecutionLimitsBody
{
    /// <summary>Wall-clock time of the code itself in seconds: 30 by default, at most 300.</summary>
    public double? WallTimeSeconds { get; init; }

    /// <summary>CPU time of all processes together in seconds: no limit of its own by default, at most 300.</summary>
    public double? CpuTimeSeconds { get; init; }

    /// <summary>Memory of all processes and files together in bytes: 1 GiB by default and at most, at least 64 MiB.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Processes and threads of the code at the same time: 256 by default and at most, at least 1.</summary>
    public int? Processes { get; init; }

    /// <summary>
    /// Bytes kept of each output stream: 1 MiB by default and at most. Text that takes more than twice its size as JSON is cut to what
    /// takes twice the limit, or 64 KiB if that is more.
    /// </summary>
    public int? OutputBytes { get; init; }

    /// <summary>Size of the largest file that is stored, in bytes: 50 MiB by default and at most.</summary>
    public long? FileBytes { get; init; }

    /// <summary>Number of files that are stored: 200 by default and at most.</summary>
    public int? Files { get; init; }

    /// <summary>Bytes of all stored files together: 256 MiB by default and at most.</summary>
    public long? TotalFileBytes { get; init; }

    public RequestedLimits ToLimits() =>
        new()
        {
            WallTimeSeconds = WallTimeSeconds,
            CpuTimeSeconds = CpuTimeSeconds,
            MemoryBytes = MemoryBytes,
            Processes = Processes,
            OutputBytes = OutputBytes,
            FileBytes = FileBytes,
            Files = Files,
            TotalFileBytes = TotalFileBytes,
        };
}
