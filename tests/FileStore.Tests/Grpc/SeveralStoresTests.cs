using System.Net;
using System.Net.Sockets;
using CodeInterpreter.Files.V1;
using CodeInterpreter.FileStore.Tests.Hosting;
using CodeInterpreter.ServiceDefaults.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace CodeInterpreter.FileStore.Tests.Grpc;

/// <summary>One address that leads to several file stores, as that of a Service of Kubernetes.</summary>
public sealed class SeveralStoresTests : IAsyncLifetime
{
    private readonly TcpListener _address = new(IPAddress.Loopback, 0);
    private readonly List<RunningFileStore> _stores = [];
    private readonly List<Socket> _connections = [];
    private Task _accepting = Task.CompletedTask;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _stores.Add(await RunningFileStore.StartAsync());
        _address.Start();
        _accepting = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _address.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _connections.ForEach(connection => connection.Dispose());
        foreach (var store in _stores)
            await store.DisposeAsync();
    }

    [Fact]
    public async Task AStoreThatIsAdded_SoonGetsCallsOfClientsThatAreConnected()
    {
        var services = new ServiceCollection();
        services.AddServiceClient<FileService.FileServiceClient>(
            _ => new Uri($"http://{_address.LocalEndpoint}"),
            connectionLifetime: TimeSpan.FromMilliseconds(50)
        );
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<FileService.FileServiceClient>();
        await client.UploadAsync("first.txt", [1]);
        var added = await RunningFileStore.StartAsync();
        lock (_stores)
            _stores.Add(added);

        await Eventually.TrueAsync(async () =>
        {
            await client.UploadAsync("next.txt", [1]);
            return added.BlobPaths().Length > 0;
        });

        _stores[0].BlobPaths().ShouldNotBeEmpty();
    }

    // Connections go to the stores in turn.
    private async Task AcceptAsync()
    {
        for (var turn = 0; ; turn++)
        {
            var client = await _address.AcceptSocketAsync(Token);
            var store = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            lock (_stores)
            {
                store.Connect(new UnixDomainSocketEndPoint(_stores[turn % _stores.Count].SocketPath));
                _connections.AddRange([client, store]);
            }

            _ = Task.WhenAll(PipeAsync(client, store), PipeAsync(store, client));
        }
    }

    private static async Task PipeAsync(Socket from, Socket to)
    {
        try
        {
            await using var source = new NetworkStream(from);
            await using var target = new NetworkStream(to);
            await source.CopyToAsync(target);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // One side has closed the connection.
        }

        from.Close();
        to.Close();
    }
}
