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

    private RabbitMqServer(Uri url)
        : base(null, Probe, Variable) => Url = url;

    private readonly ContainerHost? _container;

    private RabbitMqServer(IServerHost host)
        : base(host, Probe, host.Description) => (Url, _container) = (UrlOf("guest", host.Port), host as ContainerHost);

    /// <summary>As a gateway signs in, see <see cref="LaunchWithAccountsAsync"/>.</summary>
    public Uri GatewayUrl => UrlOf("gateway", Url.Port);

    /// <summary>As a runner signs in, see <see cref="LaunchWithAccountsAsync"/>.</summary>
    public Uri RunnerUrl => UrlOf("runner", Url.Port);

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
            using var accounts = new StreamReader(typeof(RabbitMqServer).Assembly.GetManifestResourceStream("rabbitmq-accounts.json")!);
            var text = (await accounts.ReadToEndAsync(cancellationToken))
                .Replace("${GATEWAY_PASSWORD}", "gateway", StringComparison.Ordinal)
                .Replace("${RUNNER_PASSWORD}", "runner", StringComparison.Ordinal);
            await host.RunAsync(
                cancellationToken,
                "sh",
                "-c",
                "printf %s \"$1\" > /tmp/a.json && rabbitmqctl -q import_definitions /tmp/a.json",
                "sh",
                text
            );
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

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
