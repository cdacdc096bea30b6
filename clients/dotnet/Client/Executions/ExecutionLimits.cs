namespace CodeInterpreter.Client;

/// <summary>
/// What an execution may use. What is null has the operator's default. The service refuses values above the operator's maximum, and zero
/// and
/// less, with <see cref="ErrorReasons.InvalidArgument"/>.
/// </summary>
public sealed record ExecutionLimits
{
    /// <summary>Wall-clock time of the code: 30 seconds by default, at most 300.</summary>
    public TimeSpan? WallTime { get; init; }

    /// <summary>CPU time of all processes together: no limit by default, at most 300 seconds.</summary>
    public TimeSpan? CpuTime { get; init; }

    /// <summary>Bytes of memory, files in the sandbox included: 1 GiB by default and at most, at least 64 MiB.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Processes and threads: 256 by default and at most.</summary>
    public int? Processes { get; init; }

    /// <summary>Bytes kept of each output stream: 1 MiB by default and at most. All of it, up to 8 MiB, becomes a file.</summary>
    public int? OutputBytes { get; init; }

    /// <summary>Bytes of the largest file that is stored: 50 MiB by default and at most.</summary>
    public long? FileBytes { get; init; }

    /// <summary>Number of files that are stored: 200 by default and at most.</summary>
    public int? Files { get; init; }

    /// <summary>Bytes of all stored files together: 256 MiB by default and at most.</summary>
    public long? TotalFileBytes { get; init; }
}
