using System.ComponentModel.DataAnnotations;
using CodeInterpreter.ServiceDefaults.Storage;

namespace CodeInterpreter.FileStore.Settings;

/// <summary>Settings of the file store, section <c>FileStore</c>.</summary>
public sealed class FileStoreOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "FileStore";

    /// <summary>
    /// Directory for the files and their records. A relative path is relative to the host's content root; a missing directory is created.
    /// Default <c>code-interpreter/file-store</c> in the account's folder for application data, <c>~/.local/share</c> on Linux: the store
    /// and its commands find it from every working directory. Only that account can read it.
    /// </summary>
    [Required]
    public string DataDirectory { get; set; } = PrivateDirectory.Default("file-store");

    /// <summary>
    /// Largest file in bytes. Default 50 MiB: enough for data sets and plots, while one user cannot fill a disk quickly.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long MaxFileBytes { get; set; } = 50 * 1024 * 1024;

    /// <summary>How long a file is kept. Default 48 hours. Changing it applies to files stored from then on.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromHours(48);

    /// <summary>
    /// Most bytes a user may have, 0 for no limit. Default 5 GiB: a hundred of the largest files, while no user alone fills a disk.
    /// </summary>
    [Range(0, long.MaxValue)]
    public long MaxUserBytes { get; set; } = 5L * 1024 * 1024 * 1024;

    /// <summary>Most files a user may have, 0 for no limit. Default 10000.</summary>
    [Range(0, long.MaxValue)]
    public long MaxUserFiles { get; set; } = 10_000;

    /// <summary>
    /// Most bytes that one execution may have stored, 0 for no limit. Default 512 MiB. A grant may allow less.
    /// </summary>
    [Range(0, long.MaxValue)]
    public long MaxExecutionBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>Most files that one execution may have stored, 0 for no limit. Default 1000. A grant may allow less.</summary>
    [Range(0, long.MaxValue)]
    public long MaxExecutionFiles { get; set; } = 1000;

    /// <summary>
    /// Whether the store starts without <c>Trust:Key</c> although other machines can reach it, and serves all of them. False by
    /// default; only for networks where something else, such as mutual TLS of a service mesh, admits only gateways and runners.
    /// </summary>
    public bool TrustNetwork { get; set; }

    /// <summary>Longest lifetime that a file may be extended to, counted from then. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "3650.00:00:00")]
    public TimeSpan MaxLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Longest wait for the next message of an upload. Default 30 s: longer than any short interruption of a network, and
    /// a dead sender does not keep its stream for long.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "49.00:00:00")]
    public TimeSpan UploadIdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Longest wait for a reader to take the next message of a download. Default 2 min: people pause downloads, and an
    /// ended download can continue from its offset.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "49.00:00:00")]
    public TimeSpan DownloadIdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long streams may continue after the host has begun to stop. Default 5 s: enough for every file between machines of one
    /// network. A host that also runs executions sets it to the time that these may take, because they store their files last.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "49.00:00:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
