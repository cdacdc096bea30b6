using System.ComponentModel.DataAnnotations;

namespace CodeInterpreter.Gateway.Executions.Records;

/// <summary>How long executions may take and how long they are kept. Section <c>Gateway:Executions</c>.</summary>
public sealed class ExecutionOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Gateway:Executions";

    /// <summary>The least memory that an execution may be limited to: what the interpreter alone needs.</summary>
    internal const long MinMemoryBytes = 64L * 1024 * 1024;

    /// <summary>The fewest processes that an execution may be limited to: the code itself.</summary>
    internal const int MinProcesses = 1;

    /// <summary>Wall time of an execution whose request sets none. 30 seconds: most code needs less than one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "30.00:00:00")]
    public TimeSpan DefaultWallTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The longest wall time that a request may set. 300 seconds: a service that shuts down waits for executions at most that long. More
    /// than 45 minutes is not allowed, because the broker would redeliver the execution to another runner.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:45:00")]
    public TimeSpan MaxWallTime { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>The most CPU time a request may set. 300 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "30.00:00:00")]
    public TimeSpan MaxCpuTime { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>
    /// The most memory a request may set, in bytes. 1 GiB, as a sandbox has by default; values above the memory of a sandbox have no
    /// effect.
    /// </summary>
    [Range(MinMemoryBytes, long.MaxValue)]
    public long MaxMemoryBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>The most processes and threads a request may set. 256, as the runners' sandboxes have by default.</summary>
    [Range(MinProcesses, int.MaxValue)]
    public int MaxProcesses { get; set; } = 256;

    /// <summary>The most bytes of each output stream a request may set. 1 MiB, as runners keep by default.</summary>
    [Range(1, int.MaxValue)]
    public int MaxOutputBytes { get; set; } = 1024 * 1024;

    /// <summary>The largest file a request may set, in bytes. 50 MiB, as runners return by default.</summary>
    [Range(1, long.MaxValue)]
    public long MaxFileBytes { get; set; } = 50L * 1024 * 1024;

    /// <summary>The most files a request may set. 200, as runners return by default.</summary>
    [Range(1, int.MaxValue)]
    public int MaxFiles { get; set; } = 200;

    /// <summary>The most bytes of files a request may set. 256 MiB, as runners return by default.</summary>
    [Range(1, long.MaxValue)]
    public long MaxTotalFileBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>
    /// The most bytes that all input files of an execution may have together. 256 MiB, half of a sandbox's working directory by
    /// default, which the code writes to as well: keep it well below the runners' <c>Sandbox:DataBytes</c>.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long MaxInputFileBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>
    /// How long an execution may wait for a runner. 60 seconds: a longer time absorbs bursts; with a shorter one callers learn sooner
    /// that there are too few runners.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "30.00:00:00")]
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Time in addition to queue and wall time, for fetching inputs, storing outputs and returning the result. 30 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "30.00:00:00")]
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time after which a request fails because the bus has not confirmed its command. 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "30.00:00:00")]
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a finished execution and its result are kept. 48 hours, as long as its files.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "30.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromHours(48);

    /// <summary>
    /// The most bytes that the results and events of one user may take in the database, measured as JSON; 0 for no limit. 1 GiB: a million
    /// small results, and no user fills a disk alone. An execution that has not finished counts with its maximum, by default 4.5 MiB, or
    /// 8.5 MiB if it can be followed: leave space for as many as a user may have active.
    /// </summary>
    [Range(0, long.MaxValue)]
    public long MaxUserResultBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>The longest time from the acceptance of an execution until its last file is stored.</summary>
    internal TimeSpan LongestExecution => QueueTimeout + MaxWallTime + TransferTimeout + ExecutionRecord.HarvestTime;
}
