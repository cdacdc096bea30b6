using System.Diagnostics;
using System.Security.Cryptography;
using CodeInterpreter.TestProduct.Telemetry;
using CodeInterpreter.TestServers;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>
/// The product as a cluster runs it: a broker, a MongoDB, and two each of file stores, gateways and runners, all of them
/// processes of their own. A gateway and a runner use the first file store, the others the second; the stores share one
/// directory of files. A test may end any of them and has to leave all of them running.
/// </summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private readonly string _directory = StandaloneProcess.NewDataDirectory();
    private readonly string _database = MongoServer.NewDatabaseName();
    private readonly string _runnerPrefix = $"cluster-{Guid.NewGuid():N}";
    private MongoClient _mongo = null!;
    private SpanCollector _collector = null!;
    private int _runners;
    private int _gateways;

    internal RabbitMqServer Broker { get; private set; } = null!;

    internal MongoServer Mongo { get; private set; } = null!;

    internal List<ServiceProcess> FileStores { get; } = [];

    internal List<ServiceProcess> Gateways { get; } = [];

    internal Dictionary<string, ServiceProcess> Runners { get; } = [];

    internal string DataDirectory => _directory;

    /// <summary>What all services have told of what they do.</summary>
    internal IReadOnlyCollection<CollectedSpan> Spans => _collector.Spans;

    /// <summary>What gateways and file stores trust each other by; runners do not have it.</summary>
    internal byte[] TrustKey { get; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>What the gateways remember, as an operator sees it.</summary>
    internal IMongoCollection<BsonDocument> Executions => _mongo.GetDatabase(_database).GetCollection<BsonDocument>("executions");

    private IEnumerable<ServiceProcess> Services => [.. Gateways, .. Runners.Values, .. FileStores];

    public async ValueTask InitializeAsync()
    {
        _collector = await SpanCollector.StartAsync();
        Broker = await RabbitMqServer.LaunchWithAccountsAsync();
        Mongo = await MongoServer.LaunchAsync();
        _mongo = new MongoClient(Mongo.ConnectionString);
        FileStores.AddRange(await Task.WhenAll(StartFileStoreAsync(), StartFileStoreAsync()));
        await Task.WhenAll(StartRunnerAsync(), StartRunnerAsync());
        Gateways.AddRange(await Task.WhenAll(StartGatewayAsync(), StartGatewayAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // What a runner that was killed had created and not yet started is swept by the others.
            await Eventually.TrueAsync(async () => (await SandboxOwnersAsync()).All(Runners.ContainsKey));
        }
        finally
        {
            await EndAsync();
        }

        (await SandboxOwnersAsync()).ShouldBeEmpty();
    }

    internal Task<ServiceProcess> StartFileStoreAsync() =>
        ServiceProcess.StartAsync("FileStore", [.. Database(), .. Telemetry(), Trust(), new("FileStore:DataDirectory", _directory)]);

    internal Task<ServiceProcess> StartGatewayAsync(params (string Name, string Value)[] settings) =>
        ServiceProcess.StartAsync(
            "Gateway",
            [
                .. settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)),
                .. Database(),
                Bus(Broker.GatewayUrl),
                .. Telemetry(),
                Trust(),
                new("Gateway:FileStoreAddress", FileStoreFor(Interlocked.Increment(ref _gateways))),
                // A slow machine shall not decide whether a burst ends well.
                new("Gateway:Executions:QueueTimeout", "00:04:00"),
            ]
        );

    internal async Task<ServiceProcess> StartRunnerAsync(params (string Name, string Value)[] settings)
    {
        var number = Interlocked.Increment(ref _runners);
        var id = $"{_runnerPrefix}-{number}";
        var runner = await ServiceProcess.StartAsync(
            "Runner",
            [
                Bus(Broker.RunnerUrl),
                .. Telemetry(),
                new("Runner:FileStoreAddress", FileStoreFor(number)),
                new("Runner:Id", id),
                new("Runner:Slots", "4"),
                new("Pool:Bare", "2"),
                new("Pool:Data", "0"),
                new("Sandbox:SweepInterval", "00:00:05"),
                new("Sandbox:SweepGrace", "00:00:30"),
                .. settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)),
            ]
        );
        lock (Runners)
            Runners.Add(id, runner);
        return runner;
    }

    /// <summary>Takes the place of a runner that a test has ended.</summary>
    internal async Task ReplaceAsync(ServiceProcess ended)
    {
        await EndRunnerAsync(ended);
        await StartRunnerAsync();
    }

    /// <summary>Ends a runner for good.</summary>
    internal async Task EndRunnerAsync(ServiceProcess runner)
    {
        Runners.Remove(Runners.Single(one => one.Value == runner).Key);
        await runner.DisposeAsync();
    }

    /// <summary>A runner that has code running in one of its sandboxes; null when none has.</summary>
    internal async Task<ServiceProcess?> BusyRunnerAsync()
    {
        foreach (var (id, runner) in Runners)
        {
            foreach (var sandbox in await Docker.ContainersOfAsync(id))
            {
                if (await Docker.RunsCodeAsync(sandbox))
                    return runner;
            }
        }

        return null;
    }

    internal Task UntilReadyAsync() => Task.WhenAll(Services.Select(service => service.UntilReadyAsync()));

    private async Task EndAsync()
    {
        try
        {
            // One that does not stop must not leave the others running.
            await Task.WhenAll(Services.Select(process => process.DisposeAsync().AsTask()));
        }
        finally
        {
            if (!Mongo.IsOwned)
                await _mongo.DropDatabaseAsync(_database);
            _mongo.Dispose();
            await Mongo.DisposeAsync();
            await Broker.DisposeAsync();
            await _collector.DisposeAsync();
            Directory.Delete(_directory, recursive: true);
        }
    }

    private async Task<IReadOnlyList<string>> SandboxOwnersAsync() =>
        [
            .. (await Docker.RunAsync("ps", "--all", "--format", "{{.Label \"code-interpreter.runner\"}}")).Where(runner =>
                runner.StartsWith(_runnerPrefix, StringComparison.Ordinal)
            ),
        ];

    private string FileStoreFor(int number) => FileStores[number % FileStores.Count].GrpcAddress.ToString();

    /// <summary>Runs a command of the gateway's program on the database of the cluster.</summary>
    internal async Task<(int ExitCode, string Output)> RunGatewayCommandAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [ServiceProcess.AssemblyOf("Gateway"), .. arguments]) { RedirectStandardOutput = true };
        foreach (var (name, value) in Database())
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output.Trim());
    }

    private KeyValuePair<string, string> Trust() => new("Trust:Key", Convert.ToBase64String(TrustKey));

    private static KeyValuePair<string, string> Bus(Uri broker) => new("MessageBus:RabbitMq", broker.ToString());

    private IEnumerable<KeyValuePair<string, string>> Telemetry() =>
        [new("Telemetry:OtlpEndpoint", _collector.Address), new("Telemetry:TraceRatio", "1")];

    private IEnumerable<KeyValuePair<string, string>> Database() =>
        [new("Database:Provider", "MongoDb"), new("Database:MongoDb", Mongo.ConnectionString), new("Database:Name", _database)];
}
