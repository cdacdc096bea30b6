using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace CodeInterpreter.Discord.Tests.Platform.Gateway;

/// <summary>A connection, as the gateway sees it.</summary>
/// <param name="socket">The connection.</param>
/// <param name="path">What was asked for.</param>
internal sealed class GatewayPeer(WebSocket socket, string path)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Path { get; } = path;

    public Task Ended => _ended.Task;

    /// <summary>How the bot closed the connection.</summary>
    public int? CloseCode => (int?)socket.CloseStatus;

    public Task SendAsync(string json) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public Task HelloAsync(int interval = 40_000) => SendAsync($$$"""{"op": 10, "d": {"heartbeat_interval": {{{interval}}} } }""");

    public Task AcknowledgeAsync() => SendAsync("""{"op": 11, "d": null}""");

    public Task EventAsync(string name, string data, int sequence) =>
        SendAsync($$"""{"op": 0, "t": "{{name}}", "s": {{sequence}}, "d": {{data}} }""");

    /// <summary>The next message; null when the bot has closed the connection.</summary>
    public async Task<JsonElement?> ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        var part = await socket.ReceiveAsync(buffer, CancellationToken.None);
        if (part.MessageType == WebSocketMessageType.Close)
            return null;
        part.EndOfMessage.ShouldBeTrue();
        return JsonDocument.Parse(buffer.AsMemory(0, part.Count)).RootElement;
    }

    /// <summary>The next message as text.</summary>
    public async Task<string> ReadTextAsync() => (await ReadAsync())?.GetRawText() ?? "closed";

    public Task CloseAsync(int code) => socket.CloseOutputAsync((WebSocketCloseStatus)code, "because", CancellationToken.None);

    /// <summary>Breaks the connection.</summary>
    public void Break()
    {
        socket.Abort();
        End();
    }

    public void End() => _ended.TrySetResult();
}
