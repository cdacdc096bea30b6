namespace CodeInterpreter.TestServers;

/// <summary>
/// An S3-compatible object store for tests: the one <c>S3_TEST_URL</c> names, <c>http://access-key:secret-key@host:port</c>, else
/// one that is built from Debian's packages. That one keeps everything in memory: a stop loses it.
/// </summary>
public sealed class S3Server : TestServer
{
    private const string Variable = "S3_TEST_URL";
    private const int ContainerPort = 9000;
    private const string Image = "code-interpreter/test-s3:dev";
    private static readonly HttpGreeting Probe = new();

    private S3Server(Uri url)
        : base(null, Probe, Variable)
    {
        Url = new Uri(url.GetLeftPart(UriPartial.Path).Replace(url.UserInfo + "@", "", StringComparison.Ordinal));
        var keys = url.UserInfo.Split(':', 2);
        (AccessKey, SecretKey) = (Uri.UnescapeDataString(keys[0]), Uri.UnescapeDataString(keys[^1]));
    }

    private S3Server(IServerHost host)
        : base(host, Probe, host.Description)
    {
        Url = new Uri($"http://127.0.0.1:{host.Port}/");
        (AccessKey, SecretKey) = ("test-access-key", "test-secret-key");
    }

    /// <summary>Without keys; stays the same over stop and start.</summary>
    public Uri Url { get; }

    /// <summary>Id of a key that may do everything.</summary>
    public string AccessKey { get; }

    /// <summary>Its secret.</summary>
    public string SecretKey { get; }

    /// <summary>Starts a server, or takes the one the environment names, and returns when it answers.</summary>
    /// <exception cref="InvalidOperationException">There is neither a server nor an image nor an engine.</exception>
    /// <exception cref="TimeoutException">It did not answer within a minute.</exception>
    public static async Task<S3Server> LaunchAsync(CancellationToken cancellationToken = default)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } url)
            return new S3Server(new Uri(url));
        var host = await ContainerHost.CreateAsync("s3", [Image], ContainerPort, cancellationToken);
        return new S3Server(await LaunchAsync(host, Probe, cancellationToken));
    }

    /// <returns>A name for a bucket that no other test uses.</returns>
    public static string NewBucketName() => $"test-{Guid.NewGuid():N}";
}
