namespace CodeInterpreter.Contracts;

/// <summary>
/// What an execution may use besides wall-clock time. Null is the runner's default; a runner takes no more than its own
/// maximum.
/// </summary>
/// <param name="CpuSeconds">CPU time of all processes together.</param>
/// <param name="MemoryBytes">Memory of all processes together, the files in the sandbox included.</param>
/// <param name="Processes">Processes and threads at the same time.</param>
/// <param name="OutputBytes">Bytes kept of each output stream.</param>
/// <param name="FileBytes">Largest file that is stored.</param>
/// <param name="Files">Most files that are stored.</param>
/// <param name="TotalFileBytes">Most bytes all stored files may have together.</param>
public sealed record ExecutionLimits(
    double? CpuSeconds = null,
    long? MemoryBytes = null,
    int? Processes = null,
    int? OutputBytes = null,
    long? FileBytes = null,
    int? Files = null,
    long? TotalFileBytes = null
)
{
    /// <summary>The runner's defaults.</summary>
    public static readonly ExecutionLimits None = new();
}
