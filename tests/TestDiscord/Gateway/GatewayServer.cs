using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using CodeInterpreter.TestDiscord.Model;
using Microsoft.AspNetCore.Http;

namespace CodeInterpreter.TestDiscord.Gateway;

/// <summary>The gateway: sessions, their connections, and what can go wrong with them.</summary>
internal sealed class GatewayServer(Application application, TimeProvider time, DiscordSettings settings)
{
    public const string Path = "/gateway";
    public const string ResumePath = "/gateway-of-the-session";

    private const int PayloadsPerMinute = 120;
    private const int PrivilegedIntents = (1 << 1) | (1 << 8) | (1 << 15);

    private readonly ConcurrentDictionary<string, GatewaySession> _sessions = new();
    private readonly ConcurrentDictionary<GatewayConnection, bool> _connections = new();
    private readonly ConcurrentQueue<JsonObject> _received = new();
    private readonly ConcurrentQueue<int> _closed = new();

    /// <summary>Where the server is reached, without a slash at its end: <c>ws://127.0.0.1:1234</c>.</summary>
    public string Address { get; set; } = "";

    /// <summary>The guilds that the bot is in.</summary>
    public IReadOnlyList<JsonObject> Guilds { get; set; } = [];

    /// <summary>Whether heartbeats are acknowledged; a bot has to notice where they are not.</summary>
    public bool AcknowledgesHeartbeats { get; set; } = true;

    /// <summary>Whether identifying and resuming is answered with "invalid session", and whether the session may be resumed then.</summary>
    public Queue<bool> InvalidSessions { get; } = new();

    /// <summary>The code with which the next connections are closed where the bot identifies itself.</summary>
    public Queue<int> Refusals { get; } = new();

    /// <summary>All messages of bots, in their order.</summary>
    public IReadOnlyList<JsonObject> Received => [.. _received];

    /// <summary>The codes with which bots closed connections.</summary>
    public IReadOnlyList<int> ClosedByBot => [.. _closed];

    /// <summary>The sessions, the oldest first.</summary>
    public IReadOnlyList<GatewaySession> Sessions => [.. _sessions.Values.OrderBy(session => session.Id, StringComparer.Ordinal)];

    /// <summary>The connections of now.</summary>
    public IReadOnlyCollection<GatewayConnection> Connections => [.. _connections.Keys];

    /// <summary>The session that is connected; null if there is none.</summary>
    public GatewaySession? Current => Sessions.LastOrDefault(session => session is { IsValid: true, Connection: not null });

    /// <summary>How many messages of a kind bots sent.</summary>
    public int Count(int op) => _received.Count(payload => payload.Number("op") == op);

    /// <summary>Sends an event to every session that is valid; those without a connection get it when they resume.</summary>
    public Task DispatchAsync(string type, JsonObject data) =>
        Task.WhenAll(_sessions.Values.Where(session => session.IsValid).Select(session => session.DispatchAsync(type, data)));

    /// <summary>Asks the bots to connect again.</summary>
    public Task RequestReconnectAsync() => ForAllAsync(connection => connection.SendAsync(Op.Reconnect, null));

    /// <summary>Asks the bots for a heartbeat now.</summary>
    public Task RequestHeartbeatAsync() => ForAllAsync(connection => connection.SendAsync(Op.Heartbeat, null));

    /// <summary>Ends the sessions, or only asks the bots to resume them.</summary>
    public Task InvalidateAsync(bool isResumable) =>
        ForAllAsync(async connection =>
        {
            connection.Session?.IsValid = isResumable;
            await connection.SendAsync(Op.InvalidSession, isResumable);
        });

    /// <summary>Closes all connections with a code.</summary>
    public Task CloseAsync(int code) => ForAllAsync(connection => connection.CloseAsync(code, ""));

    /// <summary>Breaks all connections without a word.</summary>
    public Task DropAsync() =>
        ForAllAsync(connection =>
        {
            connection.Abort();
            return Task.CompletedTask;
        });

    public async Task AcceptAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = 400;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var connection = new GatewayConnection(socket);
        _connections[connection] = true;
        try
        {
            if (context.Request.Query["v"] != "10" || context.Request.Query["encoding"] != "json")
                await connection.CloseAsync(Close.InvalidVersion, "Invalid API version or encoding.");
            else
                await ServeAsync(connection);
            if (connection.ClosedWith is { } code)
            {
                _closed.Enqueue(code);
                // A bot that says good-bye ends its session.
                if (code is (int)WebSocketCloseStatus.NormalClosure or (int)WebSocketCloseStatus.EndpointUnavailable)
                    connection.Session?.IsValid = false;
                await connection.CloseAsync(code, "");
            }
        }
        finally
        {
            connection.Session?.Detach(connection);
            _connections.TryRemove(connection, out _);
        }
    }

    private Task ForAllAsync(Func<GatewayConnection, Task> act) => Task.WhenAll(Connections.Select(act));

    private async Task ServeAsync(GatewayConnection connection)
    {
        await connection.SendAsync(Op.Hello, new JsonObject { ["heartbeat_interval"] = (int)settings.HeartbeatInterval.TotalMilliseconds });
        var times = new Queue<DateTimeOffset>();
        try
        {
            while (await connection.ReceiveAsync() is { } payload)
            {
                _received.Enqueue(payload);
                times.Enqueue(time.GetUtcNow());
                if (times.Count > PayloadsPerMinute && times.Dequeue() > time.GetUtcNow() - TimeSpan.FromMinutes(1))
                    await connection.CloseAsync(Close.RateLimited, "Rate limited.");
                else
                    await HandleAsync(connection, payload);
            }
        }
        catch (InvalidDataException exception)
        {
            await connection.CloseAsync(Close.DecodeError, exception.Message);
        }
    }

    private Task HandleAsync(GatewayConnection connection, JsonObject payload) =>
        payload.Number("op") switch
        {
            Op.Heartbeat => AcknowledgeAsync(connection),
            Op.Identify when connection.Session is not null => connection.CloseAsync(Close.AlreadyAuthenticated, "Already authenticated."),
            Op.Identify => IdentifyAsync(connection, payload["d"]),
            Op.Resume => ResumeAsync(connection, payload["d"]),
            Op.PresenceUpdate or Op.VoiceStateUpdate or Op.RequestGuildMembers => connection.Session is null
                ? connection.CloseAsync(Close.NotAuthenticated, "Not authenticated.")
                : Task.CompletedTask,
            _ => connection.CloseAsync(Close.UnknownOpcode, "Unknown opcode."),
        };

    private Task AcknowledgeAsync(GatewayConnection connection)
    {
        if (!AcknowledgesHeartbeats)
            return Task.CompletedTask;
        connection.Heartbeats++;
        return connection.SendAsync(Op.HeartbeatAck, null);
    }

    private async Task IdentifyAsync(GatewayConnection connection, JsonNode? identity)
    {
        if (Refusals.TryDequeue(out var code))
            await connection.CloseAsync(code, "");
        else if (InvalidSessions.TryDequeue(out var isResumable))
            await connection.SendAsync(Op.InvalidSession, isResumable);
        else if (Refusal(identity) is { } refusal)
            await connection.CloseAsync(refusal, "");
        else
            await BeginAsync(connection, identity);
    }

    private int? Refusal(JsonNode? identity)
    {
        var properties = (identity as JsonObject)?["properties"];
        var intents = identity.Number("intents");
        if (new[] { "os", "browser", "device" }.Any(name => properties.Text(name) is null))
            return Close.DecodeError;
        if (identity.Text("token") != application.Token)
            return Close.AuthenticationFailed;
        if (intents is null or < 0 or >= 1L << 26)
            return Close.InvalidIntents;
        return (intents & PrivilegedIntents & ~settings.PrivilegedIntents) != 0 ? Close.DisallowedIntents : null;
    }

    private async Task BeginAsync(GatewayConnection connection, JsonNode? identity)
    {
        // In their order.
        var session = new GatewaySession($"{_sessions.Count:x8}{Guid.NewGuid():N}"[..32], (int)identity.Number("intents")!);
        var ready = new JsonObject
        {
            ["v"] = 10,
            ["user"] = application.ToUser(),
            ["guilds"] = new JsonArray([.. Guilds.Select(guild => new JsonObject { ["id"] = guild.Text("id"), ["unavailable"] = true })]),
            ["session_id"] = session.Id,
            ["resume_gateway_url"] = Address + ResumePath,
            ["application"] = new JsonObject { ["id"] = application.Id, ["flags"] = 0 },
        };
        if ((identity as JsonObject)?["shard"] is { } shard)
            ready["shard"] = shard.DeepClone();
        connection.Session = session;
        await session.AttachAsync(connection, 0);
        _sessions[session.Id] = session;
        await session.DispatchAsync("READY", ready);
        foreach (var guild in Guilds.Where(_ => (session.Intents & 1) != 0))
            await session.DispatchAsync("GUILD_CREATE", guild);
    }

    private async Task ResumeAsync(GatewayConnection connection, JsonNode? resume)
    {
        if (resume.Text("token") != application.Token)
            await connection.CloseAsync(Close.AuthenticationFailed, "Authentication failed.");
        else if (InvalidSessions.TryDequeue(out var isResumable))
            await connection.SendAsync(Op.InvalidSession, isResumable);
        else if (!_sessions.TryGetValue(resume.Text("session_id") ?? "", out var session) || !session.IsValid)
            await connection.SendAsync(Op.InvalidSession, false);
        else if (resume.Number("seq") is not { } sequence || sequence > session.Sequence || sequence < 0)
            await connection.CloseAsync(Close.InvalidSequence, "Invalid seq.");
        else
        {
            connection.Session = session;
            await session.AttachAsync(connection, (int)sequence);
            await session.DispatchAsync("RESUMED", []);
        }
    }
}
