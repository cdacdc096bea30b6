using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using CodeInterpreter.TestDiscord.Model;

namespace CodeInterpreter.TestDiscord.Gateway;

/// <summary>A WebSocket of a bot.</summary>
internal sealed class GatewayConnection(WebSocket socket)
{
    private const int MaxPayloadBytes = 4096;

    private readonly Turns _turns = new();

    /// <summary>The session that it is in, once the bot identified itself or resumed.</summary>
    public GatewaySession? Session { get; set; }

    /// <summary>How many heartbeats were acknowledged.</summary>
    public int Heartbeats { get; set; }

    /// <summary>The code with which the bot closed the connection.</summary>
    public int? ClosedWith { get; private set; }

    public Task SendAsync(int op, JsonNode? data) => SendAsync(new JsonObject { ["op"] = op, ["d"] = data });

    /// <summary>Sends a message; on a connection that is gone, nothing happens.</summary>
    public Task SendAsync(JsonObject payload)
    {
        var bytes = Encoding.UTF8.GetBytes(payload.ToJsonString());
        return _turns.RunAsync(async () =>
        {
            try
            {
                if (socket.State == WebSocketState.Open)
                    await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }
            catch (Exception exception)
                when (exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
            {
                // The bot is gone; its session keeps what it missed.
            }
        });
    }

    /// <summary>The next message; null when there is none any more.</summary>
    /// <exception cref="InvalidDataException">It is no JSON, or too long.</exception>
    public async Task<JsonObject?> ReceiveAsync()
    {
        var buffer = new byte[MaxPayloadBytes + 1];
        var length = 0;
        try
        {
            while (true)
            {
                var result = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    ClosedWith = (int?)socket.CloseStatus;
                    return null;
                }

                length += result.Count;
                if (length > MaxPayloadBytes)
                    throw new InvalidDataException($"A message of more than {MaxPayloadBytes} bytes.");
                if (result.EndOfMessage)
                    break;
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            return null;
        }

        return JsonNodes.TryParse(buffer.AsSpan(0, length)) as JsonObject
            ?? throw new InvalidDataException("A message that is no JSON object.");
    }

    /// <summary>Closes the connection with a code.</summary>
    public async Task CloseAsync(int code, string reason)
    {
        try
        {
            await socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, CancellationToken.None);
        }
        catch (Exception exception)
            when (exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Closed already.
        }
    }

    /// <summary>Breaks the connection as a network does: without a word.</summary>
    public void Abort() => socket.Abort();
}
