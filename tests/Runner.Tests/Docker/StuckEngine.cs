using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace CodeInterpreter.Runner.Tests.Docker;

/// <summary>
/// A stand-in for an engine where a real one would have to be broken: it answers as a test says, or, when that is null, not at all.
/// </summary>
internal sealed class StuckEngine : IAsyncDisposable
{
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private readonly Func<string, string?> _answer;
    private readonly LoopbackListener _listener;

    /// <param name="answer">The answer, status line and body, to a request line; null for none.</param>
    public StuckEngine(Func<string, string?> answer)
    {
        _answer = answer;
        _listener = new LoopbackListener(ServeAsync);
    }

    public string Address => _listener.Address;

    /// <summary>An answer with a JSON body.</summary>
    public static string Answer(string status, string body) =>
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        foreach (var client in _clients)
            client.Dispose();
    }

    private async Task ServeAsync(TcpClient client)
    {
        _clients.Add(client);
        try
        {
            using var reader = new StreamReader(client.GetStream(), leaveOpen: true);
            while (await reader.ReadLineAsync() is { } request)
            {
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                    // Headers; the requests have no bodies.
                }

                if (_answer(request) is { } answer)
                    await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(answer));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // Hung up.
        }
    }
}
