using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CodeInterpreter.Client.Tests;

/// <summary>Stands between a client and the product, and can cut them apart.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly Uri _target;
    private readonly Task _accepting;
    private int _connections;

    public TcpProxy(Uri target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>How many connections there were.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Closes connections at once, as long as it is set.</summary>
    public bool Refuses { get; set; }

    /// <summary>Sees how many bytes have come from the product over the current connection, and may cut.</summary>
    public Action<long>? Received { get; set; }

    /// <summary>Breaks all connections. New ones come through.</summary>
    public void Cut()
    {
        foreach (var socket in _open.Keys)
            Break(socket);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        Cut();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ForwardAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task ForwardAsync(Socket client)
    {
        Interlocked.Increment(ref _connections);
        if (Refuses)
        {
            Break(client);
            return;
        }

        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _open[client] = _open[server] = true;
        try
        {
            await server.ConnectAsync(_target.Host, _target.Port);
            await Task.WhenAny(CopyAsync(client, server, null), CopyAsync(server, client, Received));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
        finally
        {
            _open.TryRemove(client, out _);
            _open.TryRemove(server, out _);
            client.Dispose();
        }
    }

    private static async Task CopyAsync(Socket from, Socket to, Action<long>? received)
    {
        var buffer = new byte[16 * 1024];
        var sum = 0L;
        try
        {
            while (await from.ReceiveAsync(buffer) is var count and > 0)
            {
                await to.SendAsync(buffer.AsMemory(0, count));
                received?.Invoke(sum += count);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Cut, or one end has closed.
        }
    }

    // With a reset, as a lost network does at its end.
    private static void Break(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Dispose();
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It has closed by itself.
        }
    }
}
