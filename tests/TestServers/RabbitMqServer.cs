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

    private RabbitMqServer(IServerHost host)
        : base(host, Probe, host.Description) => Url = new Uri($"amqp://guest:guest@127.0.0.1:{host.Port}/");

    /// <summary>With user and password, on the default virtual host; stays the same over stop and start.</summary>
    public Uri Url { get; }

    /// <summary>Starts a server, or takes the one the environment names, and returns when it answers.</summary>
    /// <exception cref="InvalidOperationException">There is neither a server nor an image nor an engine.</exception>
    /// <exception cref="TimeoutException">It did not answer within a minute.</exception>
    public static async Task<RabbitMqServer> LaunchAsync(CancellationToken cancellationToken = default)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } url) return new RabbitMqServer(new Uri(url));
        var host = await ContainerHost.CreateAsync("rabbitmq", [OfficialImage, StandInImage], ContainerPort, cancellationToken);
        return new RabbitMqServer(await LaunchAsync(host, Probe, cancellationToken));
    }

    /// <returns>A name for a queue or an exchange that no other test uses.</returns>
    public static string NewName() => $"test-{Guid.NewGuid():N}";
}
