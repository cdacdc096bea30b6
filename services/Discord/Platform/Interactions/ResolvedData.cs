using CodeInterpreter.Discord.Platform.Messages;

namespace CodeInterpreter.Discord.Platform.Interactions;

/// <summary>What the ids in an interaction stand for.</summary>
internal sealed record ResolvedData
{
    public IReadOnlyDictionary<string, Attachment> Attachments { get; set; } = new Dictionary<string, Attachment>();

    public IReadOnlyDictionary<string, Message> Messages { get; set; } = new Dictionary<string, Message>();

    public IReadOnlyDictionary<string, DiscordUser> Users { get; set; } = new Dictionary<string, DiscordUser>();
}
