using CodeInterpreter.TestServers;

namespace CodeInterpreter.Benchmarks.Product;

/// <summary>
/// The product as it is meant to run, with its default settings: a gateway, a runner and a file store as processes of their own,
/// RabbitMQ and MongoDB.
/// </summary>
internal sealed class BenchedProduct : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-");
    private readonly string _database = MongoServer.NewDatabaseName();
    private readonly string _runnerId = $"benchmark-{Guid.NewGuid():N}";
    private readonly Dictionary<string, ServiceProcess> _services = [];
    private readonly IReadOnlyList<KeyValuePair<string, string>> _settings;
    private RabbitMqServer? _broker;
    private MongoServer? _mongo;

    private BenchedProduct(IReadOnlyList<KeyValuePair<string, string>> settings) => _settings = settings;

    /// <summary>The services, by name.</summary>
    public IReadOnlyDictionary<string, ServiceProcess> Services => _services;

    public ServiceProcess Gateway => _services["Gateway"];

    public ServiceProcess Runner => _services["Runner"];

    public Uri Broker => _broker!.Url;

    /// <summary>Whether the database is the tests' stand-in for MongoDB, and not itself.</summary>
    public bool HasMongoStandIn => _mongo!.IsStandIn;

    /// <param name="options">Where to say what is being done.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="settings">For all services.</param>
    public static async Task<BenchedProduct> StartAsync(
        BenchmarkOptions options,
        CancellationToken cancellationToken,
        params KeyValuePair<string, string>[] settings
    )
    {
        options.Progress("Starting RabbitMQ, MongoDB and the services");
        var product = new BenchedProduct(settings);
        try
        {
            product._broker = await RabbitMqServer.LaunchAsync(cancellationToken);
            product._mongo = await MongoServer.LaunchAsync(cancellationToken);
            await product.StartServiceAsync("FileStore");
            await Task.WhenAll(product.StartServiceAsync("Runner"), product.StartServiceAsync("Gateway"));
            return product;
        }
        catch
        {
            await product.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a service of the product, once more if it has been stopped.</summary>
    public async Task StartServiceAsync(string service)
    {
        var process = await ServiceProcess.StartAsync(service, SettingsOf(service).Concat(_settings));
        lock (_services)
            _services.Add(service, process);
    }

    /// <summary>Starts one more runner on the same engine.</summary>
    public async Task AddRunnerAsync()
    {
        var settings = SettingsOf("Runner").Concat(_settings).Append(new("Runner:Id", _runnerId + "-2"));
        var process = await ServiceProcess.StartAsync("Runner", settings);
        lock (_services)
            _services.Add("Runner 2", process);
    }

    public async Task StopServiceAsync(string service)
    {
        ServiceProcess? process;
        lock (_services)
            _services.Remove(service, out process);
        if (process is not null)
            await process.DisposeAsync();
    }

    /// <summary>Waits until as many sandboxes are ready as the runner keeps, and nothing else goes on.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        using var poll = new PeriodicTimer(PoolState.Age);
        while (await poll.WaitForNextTickAsync(cancellationToken))
        {
            if ((await PoolState.ReadAsync(Runner.Http, cancellationToken)).IsFull)
                return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The file store last: a runner that finishes what it has needs it for that.
        await Task.WhenAll(_services.Keys.Where(service => service != "FileStore").ToList().Select(StopServiceAsync));
        await StopServiceAsync("FileStore");
        if (_mongo is not null)
            await _mongo.DisposeAsync();
        if (_broker is not null)
            await _broker.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private IEnumerable<KeyValuePair<string, string>> SettingsOf(string service) =>
        service switch
        {
            "FileStore" => [.. Database(), new("FileStore:DataDirectory", _directory.FullName)],
            "Runner" => [Bus(), FileStore(service), new("Runner:Id", _runnerId)],
            "Gateway" => [Bus(), FileStore(service), .. Database()],
            _ => throw new ArgumentOutOfRangeException(nameof(service), service, "No service of the product."),
        };

    private KeyValuePair<string, string> Bus() => new("MessageBus:RabbitMq", _broker!.Url.ToString());

    private KeyValuePair<string, string> FileStore(string service) =>
        new($"{service}:FileStoreAddress", _services["FileStore"].GrpcAddress.ToString());

    private IEnumerable<KeyValuePair<string, string>> Database() =>
        [new("Database:Provider", "MongoDb"), new("Database:MongoDb", _mongo!.ConnectionString), new("Database:Name", _database)];
}
