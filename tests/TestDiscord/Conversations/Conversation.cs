using System.Text.Json.Nodes;
using CodeInterpreter.TestDiscord.Model;

namespace CodeInterpreter.TestDiscord.Conversations;

/// <summary>An interaction, and all that the bot answered to it.</summary>
internal sealed class Conversation(JsonObject interaction, Person person, DateTimeOffset receivedAt)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Message> _messages = [];
    private readonly List<string> _order = [];
    private readonly List<Message> _versions = [];

    public string Id { get; } = interaction.Text("id")!;

    public string Token { get; } = interaction.Text("token")!;

    public int Type { get; } = (int)interaction.Number("type")!.Value;

    public JsonObject Interaction { get; } = interaction;

    public Person Person { get; } = person;

    public DateTimeOffset ReceivedAt { get; } = receivedAt;

    /// <summary>The type of the first answer; null until there is one.</summary>
    public int? AnswerType { get; private set; }

    /// <summary>How long the first answer took.</summary>
    public TimeSpan AnsweredAfter { get; private set; }

    /// <summary>The modal that the bot opened, if it did.</summary>
    public JsonNode? Modal { get; private set; }

    /// <summary>Ends when the answer over HTTP to the last delivery has been taken.</summary>
    public Task Delivery { get; set; } = Task.CompletedTask;

    /// <summary>The status with which the bot's endpoint answered each delivery over HTTP.</summary>
    public List<int> Statuses { get; } = [];

    /// <summary>The id of the message that <c>@original</c> names.</summary>
    public string? OriginalId { get; private set; }

    /// <summary>The message that <c>@original</c> names, as it is now.</summary>
    public Message? Original => OriginalId is { } id ? Find(id) : null;

    /// <summary>All messages but the original, in their order.</summary>
    public IReadOnlyList<Message> FollowUps
    {
        get
        {
            lock (_lock)
                return [.. _order.Where(id => id != OriginalId).Select(id => _messages[id])];
        }
    }

    /// <summary>Every state of every message of the bot, in the order in which readers saw them.</summary>
    public IReadOnlyList<Message> Versions
    {
        get
        {
            lock (_lock)
                return [.. _versions];
        }
    }

    public Message? Find(string id)
    {
        lock (_lock)
            return _messages.GetValueOrDefault(id);
    }

    /// <summary>Takes the first answer; a second is none.</summary>
    public bool TryAnswer(int type, JsonNode? modal, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (AnswerType is not null)
                return false;
            (AnswerType, Modal, AnsweredAfter) = (type, modal, now - ReceivedAt);
            return true;
        }
    }

    /// <summary>Makes a message the original one: the first answer, or the message whose button was pressed.</summary>
    public void SetOriginal(Message message)
    {
        OriginalId = message.Id;
        Put(message);
    }

    public void Put(Message message)
    {
        lock (_lock)
        {
            if (!_messages.ContainsKey(message.Id))
                _order.Add(message.Id);
            _messages[message.Id] = message;
            _versions.Add(message);
        }
    }

    public override string ToString() =>
        $"interaction {Id} of type {Type}: answer {AnswerType?.ToString() ?? "none"}, original: {Original?.Text ?? "none"}, "
        + $"follow-ups: {string.Join(" | ", FollowUps.Select(message => message.Text))}";
}
