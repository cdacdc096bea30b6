namespace CodeInterpreter.TestServers;

/// <summary>
/// A MongoDB for tests: the one <c>MONGODB_TEST_URL</c> names, else a <c>mongod</c> on PATH, else the image
/// <c>mongo:8</c>, else a stand-in that speaks its protocol.
/// </summary>
public sealed class MongoServer : TestServer
{
    private const string Variable = "MONGODB_TEST_URL";
    private const int ContainerPort = 27017;
    private const string OfficialImage = "mongo:8";
    private const string StandInImage = "code-interpreter/test-mongodb:dev";
    private static readonly MongoPing Probe = new();

    private MongoServer(string url)
        : base(null, Probe, Variable) => ConnectionString = url;

    private MongoServer(IServerHost host)
        : base(host, Probe, host.Description) => ConnectionString = $"mongodb://127.0.0.1:{host.Port}";

    /// <summary>Stays the same over stop and start.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether it is the stand-in, which knows neither transactions nor change streams.</summary>
    public bool IsStandIn => Description == StandInImage;

    /// <summary>Starts a server, or takes the one the environment names, and returns when it answers.</summary>
    /// <exception cref="InvalidOperationException">There is neither a server nor an image nor an engine.</exception>
    /// <exception cref="TimeoutException">It did not answer within a minute.</exception>
    public static async Task<MongoServer> LaunchAsync(CancellationToken cancellationToken = default)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } url)
            return new MongoServer(url);
        IServerHost host = MongodHost.IsInstalled
            ? new MongodHost()
            : await ContainerHost.CreateAsync("mongodb", [OfficialImage, StandInImage], ContainerPort, cancellationToken);
        return new MongoServer(await LaunchAsync(host, Probe, cancellationToken));
    }

    /// <returns>A name no other test uses; on a server that is not owned the caller drops the database in the end.</returns>
    public static string NewDatabaseName() => $"code_interpreter_test_{Guid.NewGuid():N}";
}
