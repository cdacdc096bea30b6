using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CodeInterpreter.Discord.Platform.Gateway;

/// <summary>A WebSocket that carries the messages of the gateway.</summary>
internal sealed class GatewaySocket(WebSocket socket) : IDisposable
{
    // A session's first message names all servers of the bot, some 100 bytes for each.
    private const int LongestMessage = 4 * 1024 * 1024;
    private const int ReadBytes = 16 * 1024;

    // Not 1000 or 1001: these end the session at Discord.
    private const WebSocketCloseStatus Resumable = (WebSocketCloseStatus)4000;
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _sending = new(1);

    /// <summary>The next message; null when the connection was closed.</summary>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    /// <exception cref="JsonException">It was no message of the gateway.</exception>
    public async Task<GatewayMessage?> ReadAsync()
    {
        var buffer = new ArrayBufferWriter<byte>(ReadBytes);
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.GetMemory(ReadBytes), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            buffer.Advance(part.Count);
            if (buffer.WrittenCount > LongestMessage)
                throw new JsonException($"A message of the gateway is longer than {LongestMessage} bytes.");
            if (part.EndOfMessage)
                return JsonSerializer.Deserialize(buffer.WrittenSpan, GatewayJson.Default.GatewayMessage);
        }
    }

    public async Task SendAsync<T>(GatewayOpcode opcode, T data, JsonTypeInfo<GatewayCommand<T>> type, CancellationToken cancellationToken)
    {
        var message = JsonSerializer.SerializeToUtf8Bytes(new GatewayCommand<T>(opcode, data), type);
        await _sending.WaitAsync(cancellationToken);
        try
        {
            // Not to be cancelled: that would break the connection, which could then not be closed.
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>What Discord said when it closed the connection.</summary>
    public GatewayEnd EndByDiscord() => GatewayEnd.Of(socket.CloseStatus, socket.CloseStatusDescription);

    /// <summary>Closes the connection.</summary>
    /// <param name="endSession">Whether Discord may forget the session.</param>
    public async Task CloseAsync(bool endSession)
    {
        using var timeout = new CancellationTokenSource(CloseTimeout);
        try
        {
            await _sending.WaitAsync(timeout.Token);
            await socket.CloseOutputAsync(endSession ? WebSocketCloseStatus.NormalClosure : Resumable, null, timeout.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or InvalidOperationException)
        {
            // It was closed already, or broke.
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        _sending.Dispose();
    }
}
