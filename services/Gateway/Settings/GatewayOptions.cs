using System.ComponentModel.DataAnnotations;
using CodeInterpreter.ServiceDefaults.Storage;

namespace CodeInterpreter.Gateway.Settings;

/// <summary>Where the gateway finds what it needs. Section <c>Gateway</c>.</summary>
public sealed class GatewayOptions
{
    /// <summary>Where the options are in the configuration.</summary>
    public const string Section = "Gateway";

    /// <summary>
    /// The file store: <c>http://host:port</c>, <c>https://host:port</c>, or <c>unix:///path/to.sock</c> on the same
    /// machine. By default where the file store listens when it is started on the same machine.
    /// </summary>
    public Uri FileStoreAddress { get; set; } = new("http://127.0.0.1:8090");

    /// <summary>
    /// Directory of the database of executions and keys. A relative path is relative to the host's content root; a missing directory is
    /// created. By default <c>code-interpreter/gateway</c> in the account's folder for application data, <c>~/.local/share</c> on Linux:
    /// the gateway and its commands find it from every working directory. Only that account can read it.
    /// </summary>
    [Required]
    public string DataDirectory { get; set; } = PrivateDirectory.Default("gateway");

    /// <summary>
    /// How long the file store may take to answer a call without a stream. 10 seconds: it usually needs a few milliseconds, and a caller
    /// waits for it.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan FileStoreTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// An upload that sends nothing for this long is ended. 25 seconds: enough for a chunk over a slow connection, and less than the file
    /// store's own 30 seconds, so that the sender gets the reason.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan UploadIdleTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// The largest HTTP request with files, all parts together. 256 MiB: five files of the largest size. The content is forwarded as it
    /// arrives and is not kept in memory.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long MaxUploadRequestBytes { get; set; } = 256L * 1024 * 1024;
}
