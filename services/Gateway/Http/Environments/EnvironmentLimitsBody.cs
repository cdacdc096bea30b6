namespace CodeInterpreter.Gateway.Http.Environments;

/// <summary>What an execution may use.</summary>
internal sealed record EnvironmentLimitsBody
{
    /// <summary>Wall time of the code in seconds, unless a request names another.</summary>
    public required double DefaultWallTimeSeconds { get; init; }

    /// <summary>The longest wall time in seconds.</summary>
    public required double MaxWallTimeSeconds { get; init; }

    /// <summary>Seconds of CPU time; there is no limit of its own unless a request names one.</summary>
    public required double MaxCpuTimeSeconds { get; init; }

    /// <summary>Bytes, files in memory included.</summary>
    public required long MaxMemoryBytes { get; init; }

    /// <summary>Processes and threads.</summary>
    public required int MaxProcesses { get; init; }

    /// <summary>Bytes kept of each output stream.</summary>
    public required int MaxOutputBytes { get; init; }

    /// <summary>Bytes of the largest file that is stored.</summary>
    public required long MaxFileBytes { get; init; }

    /// <summary>Files that are stored.</summary>
    public required int MaxFiles { get; init; }

    /// <summary>Bytes of all files that are stored.</summary>
    public required long MaxTotalFileBytes { get; init; }

    /// <summary>Bytes of the code.</summary>
    public required int MaxCodeBytes { get; init; }

    /// <summary>Input files.</summary>
    public required int MaxInputFiles { get; init; }

    /// <summary>Bytes of all input files.</summary>
    public required long MaxInputFileBytes { get; init; }
}
