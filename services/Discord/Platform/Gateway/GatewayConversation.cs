using System.Net.WebSockets;
using System.Text.Json;
using CodeInterpreter.Discord.Platform.Json;

namespace CodeInterpreter.Discord.Platform.Gateway;

/// <summary>One connection to the gateway, from its hello to its end.</summary>
/// <param name="socket">The connection.</param>
/// <param name="session">The session to resume; null for a new one.</param>
/// <param name="botToken">The token of the bot.</param>
/// <param name="events">Who gets what happens.</param>
/// <param name="time">The clock of the heartbeats.</param>
/// <param name="random">A number from 0 to 1.</param>
internal sealed class GatewayConversation(
    GatewaySocket socket,
    GatewaySession? session,
    string botToken,
    IGatewayEvents events,
    TimeProvider time,
    Func<double> random
)
{
    // Interactions need none.
    private const int NoIntents = 0;
    private const string Program = "code-interpreter";
    private static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private Heartbeat? _heartbeat;
    private Task _listening = Task.CompletedTask;

    /// <summary>The session that this connection has; null before it has one.</summary>
    public GatewaySession? Session { get; private set; } = session;

    /// <summary>Talks until the connection ends, and closes it.</summary>
    /// <exception cref="OperationCanceledException">The service stops.</exception>
    public async Task<GatewayEnd> RunAsync(CancellationToken stop)
    {
        using var beats = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            return await TalkAsync(beats.Token, stop);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException)
        {
            return new GatewayEnd($"The connection broke: {exception.Message}", KeepsSession: true);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or UriFormatException)
        {
            return new GatewayEnd($"Discord sent something unexpected: {exception.Message}", KeepsSession: false);
        }
        catch (TimeoutException)
        {
            return new GatewayEnd("Discord sent no hello", KeepsSession: true);
        }
        finally
        {
            await beats.CancelAsync();
            // A reader that waits is not cancelled before: that would break the connection instead of closing it.
            await socket.CloseAsync(endSession: stop.IsCancellationRequested);
            // Discord closes its side in turn. A connection that is released before may lose what it has sent.
            await Task.WhenAny(_listening, Task.Delay(CloseTimeout, time, CancellationToken.None));
        }
    }

    private async Task<GatewayEnd> TalkAsync(CancellationToken beats, CancellationToken stop)
    {
        if (await HelloAsync(stop) is not { } interval)
            return socket.EndByDiscord();
        _heartbeat = new Heartbeat(interval, time, random, BeatAsync);
        await IntroduceAsync(stop).WaitAsync(stop);
        var (listening, beating) = (ListenAsync(stop), _heartbeat.RunAsync(beats));
        _listening = listening;
        if (await Task.WhenAny(listening, beating).WaitAsync(stop) == listening)
            return await listening;
        await beating;
        return new GatewayEnd("Discord did not acknowledge a heartbeat", KeepsSession: true);
    }

    private async Task<TimeSpan?> HelloAsync(CancellationToken cancellationToken)
    {
        var first = await socket.ReadAsync().WaitAsync(HelloTimeout, time, cancellationToken);
        if (first is null)
            return null;
        return first.Opcode == GatewayOpcode.Hello && first.Data.Deserialize(GatewayJson.Default.Hello) is { HeartbeatInterval: > 0 } hello
            ? TimeSpan.FromMilliseconds(hello.HeartbeatInterval)
            : throw new JsonException("The first message is no hello.");
    }

    private Task IntroduceAsync(CancellationToken cancellationToken) =>
        Session is { } resumed
            ? socket.SendAsync(
                GatewayOpcode.Resume,
                new Resume(botToken, resumed.Id, resumed.Sequence),
                GatewayJson.Default.GatewayCommandResume,
                cancellationToken
            )
            : socket.SendAsync(
                GatewayOpcode.Identify,
                new Identify(botToken, NoIntents, new IdentifyProperties("linux", Program, Program)),
                GatewayJson.Default.GatewayCommandIdentify,
                cancellationToken
            );

    private Task BeatAsync(CancellationToken cancellationToken) =>
        socket.SendAsync(GatewayOpcode.Heartbeat, Session?.Sequence, GatewayJson.Default.GatewayCommandNullableInt64, cancellationToken);

    private async Task<GatewayEnd> ListenAsync(CancellationToken cancellationToken)
    {
        while (await socket.ReadAsync() is { } message)
        {
            switch (message.Opcode)
            {
                case GatewayOpcode.Dispatch:
                    Dispatch(message);
                    break;
                case GatewayOpcode.Heartbeat:
                    await BeatAsync(cancellationToken);
                    break;
                case GatewayOpcode.HeartbeatAck:
                    _heartbeat!.Acknowledge();
                    break;
                case GatewayOpcode.Reconnect:
                    return new GatewayEnd("Discord asked for a new connection", KeepsSession: true);
                case GatewayOpcode.InvalidSession:
                    var keeps = message.Data.ValueKind == JsonValueKind.True;
                    return new GatewayEnd("Discord called the session invalid", keeps) { IsInvalidSession = true };
            }
        }

        return socket.EndByDiscord();
    }

    private void Dispatch(GatewayMessage message)
    {
        if (message.Event == "READY" && message.Data.Deserialize(GatewayJson.Default.Ready) is { } ready)
        {
            Session = new GatewaySession(ready.SessionId, new Uri(ready.ResumeGatewayUrl));
            events.Connected(isResumed: false);
        }

        if (Session is { } current && message.Sequence is { } sequence)
            current.Sequence = sequence;
        if (message.Event == "RESUMED")
            events.Connected(isResumed: true);
        else if (message.Event == "INTERACTION_CREATE")
            Receive(message.Data);
    }

    private void Receive(JsonElement data)
    {
        try
        {
            if (data.Deserialize(DiscordJson.Default.Interaction) is { Id.Length: > 0 } interaction)
                events.Received(interaction);
        }
        catch (JsonException exception)
        {
            // The next one may be as it should.
            events.NotUnderstood(exception);
        }
    }
}
