namespace CodeInterpreter.TestServers;

/// <summary>
/// A RabbitMQ for tests: the one <c>RABBITMQ_TEST_URL</c> names, else the image <c>rabbitmq:4-management</c>, else one
/// that is built from Debian's packages.
/// </summary>
public sealed class RabbitMqServer : TestServer
{
    private const string Variable = "RABBITMQ_TEST_URL";
    private const int ContainerPort = 5672;
    private const string OfficialImage = "rabbitmq:4-management";
    private const string StandInImage = "code-interpreter/test-rabbitmq:dev";
    private static readonly AmqpGreeting Probe = new();
    private static readonly TlsProbe TlsGreeting = new(Probe);

    private static readonly string TlsSettings = $"""
        loopback_users = none
        log.console = true
        listeners.tcp = none
        listeners.ssl.default = {ContainerPort}
        ssl_options.cacertfile = /etc/rabbitmq/ca.crt
        ssl_options.certfile = /etc/rabbitmq/tls.crt
        ssl_options.keyfile = /etc/rabbitmq/tls.key
        ssl_options.verify = verify_none

        """;

    private RabbitMqServer(Uri url)
        : base(null, Probe, Variable) => Url = url;

    private readonly ContainerHost? _container;

    private RabbitMqServer(IServerHost host)
        : this(host, Probe, UrlOf("guest", host.Port)) { }

    private RabbitMqServer(IServerHost host, IServerProbe probe, Uri url)
        : base(host, probe, host.Description) => (Url, _container) = (url, host as ContainerHost);

    /// <summary>As a gateway signs in, see <see cref="LaunchWithAccountsAsync"/>.</summary>
    public Uri GatewayUrl => UrlOf("gateway");

    /// <summary>As a runner signs in, see <see cref="LaunchWithAccountsAsync"/>.</summary>
    public Uri RunnerUrl => UrlOf("runner");

    /// <summary>With user and password, on the default virtual host; stays the same over stop and start.</summary>
    public Uri Url { get; }

    /// <summary>Starts a server, or takes the one the environment names, and returns when it answers.</summary>
    /// <exception cref="InvalidOperationException">There is neither a server nor an image nor an engine.</exception>
    /// <exception cref="TimeoutException">It did not answer within a minute.</exception>
    public static async Task<RabbitMqServer> LaunchAsync(CancellationToken cancellationToken = default)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } url)
            return new RabbitMqServer(new Uri(url));
        var host = await ContainerHost.CreateAsync("rabbitmq", [OfficialImage, StandInImage], ContainerPort, cancellationToken);
        return new RabbitMqServer(await LaunchAsync(host, Probe, cancellationToken));
    }

    /// <summary>
    /// Starts a server of its own that has the accounts of gateways and runners with the rights that operators give them.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is neither an image nor an engine, or the accounts were not taken.</exception>
    /// <exception cref="TimeoutException">It did not answer within a minute.</exception>
    public static async Task<RabbitMqServer> LaunchWithAccountsAsync(CancellationToken cancellationToken = default)
    {
        var host = await ContainerHost.CreateAsync("rabbitmq", [OfficialImage, StandInImage], ContainerPort, cancellationToken);
        var server = new RabbitMqServer(await LaunchAsync(host, Probe, cancellationToken));
        try
        {
            await server.ImportAccountsAsync("", cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a server of its own that takes connections with TLS only.</summary>
    /// <exception cref="InvalidOperationException">There is neither an image nor an engine.</exception>
    /// <exception cref="TimeoutException">It did not answer within a minute.</exception>
    public static async Task<RabbitMqServer> LaunchWithTlsAsync(TestAuthority authority, CancellationToken cancellationToken = default)
    {
        var host = await ContainerHost.CreateAsync("rabbitmq", [OfficialImage, StandInImage], ContainerPort, cancellationToken);
        try
        {
            await host.AddFileAsync(authority.AuthorityFile, "/etc/rabbitmq/ca.crt", cancellationToken);
            await host.AddFileAsync(authority.CertificateFile, "/etc/rabbitmq/tls.crt", cancellationToken);
            await host.AddFileAsync(authority.KeyFile, "/etc/rabbitmq/tls.key", cancellationToken);
            var settings = Path.Combine(Path.GetDirectoryName(authority.KeyFile)!, "rabbitmq.conf");
            await File.WriteAllTextAsync(settings, TlsSettings, cancellationToken);
            await host.AddFileAsync(settings, "/etc/rabbitmq/rabbitmq.conf", cancellationToken);
            await LaunchAsync(host, TlsGreeting, cancellationToken);
            return new RabbitMqServer(host, TlsGreeting, new UriBuilder(UrlOf("guest", host.Port)) { Scheme = "amqps" }.Uri);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates accounts with the rights of gateways and runners, whose names end in <paramref name="suffix"/>.</summary>
    /// <exception cref="InvalidOperationException">It was not started here, or the accounts were not taken.</exception>
    public async Task ImportAccountsAsync(string suffix, CancellationToken cancellationToken = default)
    {
        using var accounts = new StreamReader(typeof(RabbitMqServer).Assembly.GetManifestResourceStream("rabbitmq-accounts.json")!);
        var text = (await accounts.ReadToEndAsync(cancellationToken))
            .Replace("${GATEWAY_PASSWORD}", $"gateway{suffix}", StringComparison.Ordinal)
            .Replace("${RUNNER_PASSWORD}", $"runner{suffix}", StringComparison.Ordinal)
            .Replace("\"gateway\"", $"\"gateway{suffix}\"", StringComparison.Ordinal)
            .Replace("\"runner\"", $"\"runner{suffix}\"", StringComparison.Ordinal);
        await Container.RunAsync(
            cancellationToken,
            "sh",
            "-c",
            "printf %s \"$1\" > /tmp/a.json && rabbitmqctl -q import_definitions /tmp/a.json",
            "sh",
            text
        );
    }

    /// <summary>Deletes an account; its connections are closed.</summary>
    /// <exception cref="InvalidOperationException">It was not started here.</exception>
    public Task DeleteAccountAsync(string account, CancellationToken cancellationToken = default) =>
        Container.RunAsync(cancellationToken, "rabbitmqctl", "-q", "delete_user", account);

    /// <summary>As an account signs in whose password is its name, see <see cref="ImportAccountsAsync"/>.</summary>
    public Uri UrlOf(string account) => UrlOf(account, Url.Port);

    /// <summary>The queues of the default virtual host, and whether only the connection that has made one can use it.</summary>
    /// <exception cref="InvalidOperationException">It was not started here.</exception>
    public async Task<IReadOnlyList<(string Name, bool IsExclusive)>> ListQueuesAsync(CancellationToken cancellationToken = default)
    {
        var list = await Container.RunAsync(
            cancellationToken,
            "rabbitmqctl",
            "-q",
            "list_queues",
            "--no-table-headers",
            "name",
            "exclusive"
        );
        return
        [
            .. list.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('\t'))
                .Select(queue => (queue[0], queue[1].Trim() == "true")),
        ];
    }

    /// <summary>Keeps the server from responding, while its connections stay open, until <see cref="ThawAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">It was not started here.</exception>
    public Task FreezeAsync(CancellationToken cancellationToken = default) => Container.FreezeAsync(cancellationToken);

    /// <summary>Lets a frozen server go on.</summary>
    /// <exception cref="InvalidOperationException">It was not started here.</exception>
    public Task ThawAsync(CancellationToken cancellationToken = default) => Container.ThawAsync(cancellationToken);

    private ContainerHost Container =>
        _container ?? throw new InvalidOperationException("Only a server that was started here can be asked or frozen.");

    private static Uri UrlOf(string user, int port) => new($"amqp://{user}:{user}@127.0.0.1:{port}/");

    /// <returns>A name for a queue or an exchange that no other test uses.</returns>
    public static string NewName() => $"test-{Guid.NewGuid():N}";
}
