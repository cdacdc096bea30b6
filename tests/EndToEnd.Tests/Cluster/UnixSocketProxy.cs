using System.Collections.Concurrent;
using System.Net.Sockets;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>Stands between a runner and its engine, and can cut them apart.</summary>
internal sealed class UnixSocketProxy(string target) : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("code-interpreter-test-").FullName;
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;

    public string Path => System.IO.Path.Combine(_directory, "engine.sock");

    /// <summary>Lets connections through.</summary>
    public void Connect()
    {
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen();
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>Breaks all connections and refuses new ones.</summary>
    public async Task CutAsync()
    {
        _listener?.Dispose();
        File.Delete(Path);
        foreach (var socket in _open.Keys)
            socket.Dispose();
        await _accepting;
    }

    public async ValueTask DisposeAsync()
    {
        await CutAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
                _ = ForwardAsync(await listener.AcceptAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private async Task ForwardAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _open[client] = _open[server] = true;
        try
        {
            await server.ConnectAsync(new UnixDomainSocketEndPoint(target));
            await Task.WhenAll(CopyAsync(client, server), CopyAsync(server, client));
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // Cut, or one end has closed.
        }
        finally
        {
            _open.TryRemove(client, out _);
            _open.TryRemove(server, out _);
            client.Dispose();
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        await using var input = new NetworkStream(from);
        await using var output = new NetworkStream(to);
        await input.CopyToAsync(output);
        to.Shutdown(SocketShutdown.Send);
    }
}
