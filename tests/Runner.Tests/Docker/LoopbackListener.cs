using System.Net;
using System.Net.Sockets;

namespace CodeInterpreter.Runner.Tests.Docker;

/// <summary>Takes connections on a free port of this machine until it is disposed of.</summary>
internal sealed class LoopbackListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;

    /// <param name="serve">Talks to a client, and hangs up.</param>
    public LoopbackListener(Func<TcpClient, Task> serve)
    {
        _listener.Start();
        _accepting = AcceptAsync(serve);
    }

    public string Address => $"tcp://{_listener.LocalEndpoint}";

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        // Only now: a listener that has stopped throws at whoever asks it for the next client.
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync(Func<TcpClient, Task> serve)
    {
        try
        {
            while (true)
                _ = serve(await _listener.AcceptTcpClientAsync(_stopping.Token));
        }
        catch (OperationCanceledException) { }
    }
}
