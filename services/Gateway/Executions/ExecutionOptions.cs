namespace CodeInterpreter.Gateway.Executions;

/// <summary>How long executions may take and be remembered. Section <c>Gateway:Executions</c>.</summary>
public sealed class ExecutionOptions
{
    /// <summary>Where the options are in the configuration.</summary>
    public const string Section = "Gateway:Executions";

    /// <summary>Wall time of an execution whose caller names none. 30 seconds: most code needs less than one.</summary>
    public TimeSpan DefaultWallTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The longest wall time a caller may ask for, at most 45 minutes. 300 seconds, the most that a service finishes when it is shut
    /// down.
    /// </summary>
    public TimeSpan MaxWallTime { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>The most CPU time a caller may ask for. 300 seconds.</summary>
    public TimeSpan MaxCpuTime { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>
    /// The most memory a caller may ask for, in bytes. 1 GiB, what a sandbox has by default; more than the runners' sandboxes
    /// have is of no use.
    /// </summary>
    public long MaxMemoryBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>The most processes and threads a caller may ask for. 256, as the runners' sandboxes have by default.</summary>
    public int MaxProcesses { get; set; } = 256;

    /// <summary>The most bytes of each output stream a caller may ask for. 1 MiB, what runners keep by default.</summary>
    public int MaxOutputBytes { get; set; } = 1024 * 1024;

    /// <summary>The largest file a caller may ask for, in bytes. 50 MiB, what runners return by default.</summary>
    public long MaxFileBytes { get; set; } = 50L * 1024 * 1024;

    /// <summary>The most files a caller may ask for. 200, what runners return by default.</summary>
    public int MaxFiles { get; set; } = 200;

    /// <summary>The most bytes of files a caller may ask for. 256 MiB, what runners return by default.</summary>
    public long MaxTotalFileBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>
    /// The most bytes that all input files of an execution may have together. 256 MiB, half of a sandbox's working directory by
    /// default, which the code writes to as well: keep it well below the runners' <c>Sandbox:DataBytes</c>.
    /// </summary>
    public long MaxInputFileBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>
    /// How long an execution may wait for a runner. 60 seconds: longer evens out bursts, shorter tells callers sooner that
    /// there are too few runners.
    /// </summary>
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// What is allowed on top of queue and wall time: fetching inputs, storing outputs, the way of the answer. 30 seconds.
    /// </summary>
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long handing a command to the bus may take before the caller is told to try again. 10 seconds.</summary>
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a result can be asked for, from its end on. 48 hours, as long as the files it names.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromHours(48);

    /// <summary>
    /// The most bytes that the results and events of one user may take in the database, 0 for no limit; about those of JSON. 1 GiB: a million
    /// small results, while nobody fills a disk alone. One that has not finished counts with the most it may take, 4.5 MiB and, where it
    /// can be followed, 8.5 MiB by default; keep it above that for as many executions as a user may have under way.
    /// </summary>
    public long MaxUserResultBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>The longest that an execution takes from its acceptance until its last file is stored.</summary>
    internal TimeSpan LongestExecution => QueueTimeout + MaxWallTime + TransferTimeout + ExecutionRecord.HarvestTime;
}
