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
    /// Directory of the database of executions and keys; a relative one counts from the host's content root, a missing one is
    /// created. <c>code-interpreter/gateway</c> in the account's folder for such by default, <c>~/.local/share</c> on Linux: the gateway
    /// and its commands find the same from wherever they are started. Nobody but that account can read it.
    /// </summary>
    public string DataDirectory { get; set; } = PrivateDirectory.Default("gateway");

    /// <summary>
    /// How long the file store may take for an answer that is not a stream. 10 seconds: it needs a few milliseconds, and a
    /// caller waits meanwhile.
    /// </summary>
    public TimeSpan FileStoreTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// An upload of which nothing comes for that long is given up. 25 seconds: a slow line still gets a chunk through, and
    /// it is a little less than the file store's own 30, so that the sender gets the reason.
    /// </summary>
    public TimeSpan UploadIdleTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// The largest HTTP request with files, all of its parts together. 256 MiB: a handful of files of the 50 MiB that the
    /// file store takes. It is passed on as it comes and takes no memory.
    /// </summary>
    public long MaxUploadRequestBytes { get; set; } = 256L * 1024 * 1024;
}
