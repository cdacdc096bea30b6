using CodeInterpreter.TestServers;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>
/// A broker, and one each of file store, runner and gateway, all of them processes of their own. There may be more runners.
/// </summary>
internal sealed class SmallCluster : IAsyncDisposable
{
    private readonly string _directory = StandaloneProcess.NewDataDirectory();
    private readonly List<ServiceProcess> _services = [];
    private RabbitMqServer? _broker;
    private Func<Task<ServiceProcess>> _startRunnerAsync = null!;

    public ServiceProcess Gateway { get; private set; } = null!;

    public ServiceProcess Runner { get; private set; } = null!;

    public RabbitMqServer Broker => _broker!;

    public static async Task<SmallCluster> StartAsync(
        (string Name, string Value)[] bus,
        (string Name, string Value)[] runner,
        (string Name, string Value)[]? gateway = null
    )
    {
        var cluster = new SmallCluster();
        try
        {
            await cluster.StartServicesAsync(bus, runner, gateway ?? []);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // The file store, which is first, ends last: a runner that finishes what it has needs it for that.
            await DisposeAsync(_services.Skip(1));
        }
        finally
        {
            await DisposeAsync(_services.Take(1));
            if (_broker is not null)
                await _broker.DisposeAsync();
            Directory.Delete(_directory, recursive: true);
        }
    }

    private static Task DisposeAsync(IEnumerable<ServiceProcess> services) =>
        Task.WhenAll(services.Select(service => service.DisposeAsync().AsTask()));

    private async Task StartServicesAsync(
        (string Name, string Value)[] bus,
        (string Name, string Value)[] runner,
        (string Name, string Value)[] gateway
    )
    {
        _broker = await RabbitMqServer.LaunchAsync();
        bus = [.. bus, ("MessageBus:RabbitMq", _broker.Url.ToString())];
        var store = await StartAsync("FileStore", ("FileStore:DataDirectory", Path.Combine(_directory, "files")));
        var address = store.GrpcAddress.ToString();
        _startRunnerAsync = () => StartAsync("Runner", [.. bus, .. runner, ("Runner:FileStoreAddress", address), ("Pool:Data", "0")]);
        Runner = await _startRunnerAsync();
        Gateway = await StartAsync(
            "Gateway",
            [.. bus, .. gateway, ("Gateway:FileStoreAddress", address), ("Gateway:DataDirectory", Path.Combine(_directory, "gateway"))]
        );
    }

    public Task AddRunnerAsync() => _startRunnerAsync();

    private async Task<ServiceProcess> StartAsync(string service, params (string Name, string Value)[] settings)
    {
        var started = await ServiceProcess.StartAsync(
            service,
            settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value))
        );
        _services.Add(started);
        return started;
    }
}
