using System.Net;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>Broker and file store take encrypted connections only, as with k8s/components/tls.</summary>
public sealed class TlsTests : IAsyncLifetime
{
    private readonly string _user = StandaloneFixture.NewUser();
    private readonly string _directory = StandaloneProcess.NewDataDirectory();
    private readonly TestAuthority _authority = new();
    private readonly int _port = FreePort.Find();
    private RabbitMqServer _broker = null!;
    private ServiceProcess? _store;
    private ServiceProcess? _runner;
    private ServiceProcess? _gateway;

    public async ValueTask InitializeAsync() => _broker = await RabbitMqServer.LaunchWithTlsAsync(_authority);

    public async ValueTask DisposeAsync()
    {
        foreach (var service in (ServiceProcess?[])[_gateway, _runner, _store])
        {
            if (service is not null)
                await service.DisposeAsync();
        }

        await _broker.DisposeAsync();
        _authority.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task WithTheAuthority_CodeRunsAndStoresFiles_WithoutIt_NothingIsConnected()
    {
        _store = await ServiceProcess.StartAsync(
            "FileStore",
            [
                new("FileStore:DataDirectory", Path.Combine(_directory, "files")),
                new("Kestrel:Endpoints:Grpc:Url", $"https://127.0.0.1:{_port}"),
                new("Kestrel:Endpoints:Grpc:Certificate:Path", _authority.CertificateFile),
                new("Kestrel:Endpoints:Grpc:Certificate:KeyPath", _authority.KeyFile),
            ]
        );
        await using (var stranger = ServiceProcess.Launch("Gateway", Gateway("stranger")))
        {
            await stranger.UntilListeningAsync();
            var ready = await stranger.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
            ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            await Eventually.TrueAsync(() => stranger.Log.Contains("file-store is Unhealthy", StringComparison.Ordinal));
            await Eventually.TrueAsync(() => stranger.Log.Contains("masstransit-bus is Unhealthy", StringComparison.Ordinal));
            await Eventually.TrueAsync(() => stranger.Log.Contains("remote certificate was rejected", StringComparison.Ordinal));
        }

        _runner = await ServiceProcess.StartAsync(
            "Runner",
            [
                Broker,
                Trusted,
                new("Runner:FileStoreAddress", $"https://127.0.0.1:{_port}"),
                new("Runner:Slots", "1"),
                new("Pool:Bare", "1"),
                new("Pool:Data", "0"),
            ]
        );
        _gateway = await ServiceProcess.StartAsync("Gateway", [Trusted, .. Gateway("gateway")]);

        var result = await _gateway.ExecuteAsync(_user, "open('out.txt', 'w').write('encrypted')");

        var file = result.Objects("generated_files").ShouldHaveSingleItem(result.ToJsonString());
        (await _gateway.DownloadAsync(_user, file.Text("file_id"))).ShouldBe("encrypted");
    }

    private KeyValuePair<string, string> Broker => new("MessageBus:RabbitMq", _broker.Url.ToString());

    private KeyValuePair<string, string> Trusted => new("SSL_CERT_FILE", _authority.AuthorityFile);

    private IEnumerable<KeyValuePair<string, string>> Gateway(string name) =>
        [
            Broker,
            new("Gateway:FileStoreAddress", $"https://127.0.0.1:{_port}"),
            new("Gateway:DataDirectory", Path.Combine(_directory, name)),
        ];
}
