using System.ComponentModel.DataAnnotations;
using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Sandboxes.Protocol;

namespace CodeInterpreter.Runner.Executions;

/// <summary>
/// What an execution may print and store, section <c>ExecutionLimits</c>. A command may ask for less, not for more.
/// </summary>
public sealed class ExecutionLimitOptions
{
    /// <summary>
    /// Bytes kept of each output stream as text, 1 KiB to 1 MiB, 1 MiB by default. Of a longer stream, the first and the last half of
    /// that are kept. Text that needs more than twice as many bytes in JSON, such as control characters or binary data, is cut in the
    /// same way to twice as many bytes of JSON, but to no less than 64 KiB: a result is in memory many times at once.
    /// </summary>
    [Range(1024, 1024 * 1024)]
    public int OutputBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// Bytes of a longer stream that are stored as a file, 0 to 64 MiB, 8 MiB by default; until then they are in the runner's memory.
    /// </summary>
    [Range(0, 64 * 1024 * 1024)]
    public int OutputFileBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// Bytes of output of all executions together that may be in memory until they are stored, 0 to 1 TiB, 64 MiB by default. The texts
    /// of results (<see cref="OutputBytes"/>) do not count. Output beyond this limit is missing in its file, and the message of the
    /// result says so.
    /// </summary>
    [Range(0, 1L << 40)]
    public long OutputMemoryBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>Bytes of both streams together at which the execution is stopped, 64 MiB by default.</summary>
    [Range(1024, 1L << 40)]
    public long OutputKillBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>Largest file that is stored, 50 MiB by default; keep it at or below <c>FileStore:MaxFileBytes</c>.</summary>
    [Range(1, long.MaxValue)]
    public long FileBytes { get; set; } = 50L * 1024 * 1024;

    /// <summary>Most files that are stored, 1 to 10000, 200 by default.</summary>
    [Range(1, 10_000)]
    public int Files { get; set; } = 200;

    /// <summary>Most bytes that all stored files may have together, 256 MiB by default.</summary>
    [Range(1, long.MaxValue)]
    public long TotalFileBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Most skipped entries that are reported one by one, 0 to 1000, 100 by default; all are counted.</summary>
    [Range(0, 1000)]
    public int SkippedFiles { get; set; } = 100;

    /// <summary>
    /// How long a sandbox may take to respond, 10 s by default: when it receives code and standard input, and after its wall time.
    /// <see cref="HarvestTimeout"/> limits the harvest.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the whole harvest may take, 2 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan HarvestTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Bytes of text kept of each stream of that command.</summary>
    internal int TextBytesFor(ExecuteCode command) => Math.Clamp(command.Limits.OutputBytes ?? OutputBytes, 2, OutputBytes);

    internal SandboxLimits ForSandbox(ExecuteCode command) =>
        new()
        {
            WallTimeSeconds = Math.Min(command.WallTimeSeconds, ExecuteCode.LongestWallTimeSeconds),
            CpuSeconds = command.Limits.CpuSeconds,
            // All of it: the runner keeps beginning and end, and what it stores as a file.
            OutputBytes = OutputKillBytes,
            OutputKillBytes = OutputKillBytes,
            FileBytes = Least(command.Limits.FileBytes, FileBytes),
            Files = (int)Least(command.Limits.Files, Files),
            TotalFileBytes = Least(command.Limits.TotalFileBytes, TotalFileBytes),
            SkippedFiles = SkippedFiles,
        };

    private static long Least(long? asked, long max) => asked is { } value ? Math.Clamp(value, 0, max) : max;
}
