using System.Text.Json.Nodes;
using CodeInterpreter.TestDiscord.Model;

namespace CodeInterpreter.TestDiscord.Gateway;

/// <summary>A session of a bot. It outlives its connections, and keeps what it sent for a bot that resumes.</summary>
internal sealed class GatewaySession(string id, int intents)
{
    private readonly Turns _turns = new();
    private readonly List<JsonObject> _sent = [];

    public string Id => id;

    public int Intents => intents;

    /// <summary>Whether it may be resumed.</summary>
    public bool IsValid { get; set; } = true;

    public int Sequence => _sent.Count;

    /// <summary>The connection it is on; null while there is none.</summary>
    public GatewayConnection? Connection { get; private set; }

    /// <summary>Sends an event, now or when the bot resumes.</summary>
    public Task DispatchAsync(string type, JsonObject? data) =>
        _turns.RunAsync(async () =>
        {
            var payload = new JsonObject
            {
                ["op"] = Op.Dispatch,
                ["t"] = type,
                ["s"] = Sequence + 1,
                ["d"] = data?.DeepClone(),
            };
            lock (_sent)
                _sent.Add(payload);
            if (Connection is { } connection)
                await connection.SendAsync(payload);
        });

    /// <summary>Goes on on a connection with what the bot has not seen.</summary>
    public Task AttachAsync(GatewayConnection connection, int after) =>
        _turns.RunAsync(async () =>
        {
            Connection = connection;
            foreach (var missed in _sent.Skip(after).ToList())
                await connection.SendAsync(missed);
        });

    public void Detach(GatewayConnection connection)
    {
        if (Connection == connection)
            Connection = null;
    }

    /// <summary>The types of the events so far.</summary>
    public IReadOnlyList<string> Events
    {
        get
        {
            lock (_sent)
                return [.. _sent.Select(payload => payload.Text("t")!)];
        }
    }
}
