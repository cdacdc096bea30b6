using System.Text.Json.Nodes;

namespace CodeInterpreter.TestDiscord.Model;

/// <summary>Where people talk: a channel of a guild, or without a guild a direct message to the bot.</summary>
internal sealed record Place(string? GuildId, string ChannelId)
{
    public JsonObject ToChannel() =>
        new()
        {
            ["id"] = ChannelId,
            // A text channel of a guild, or a direct message.
            ["type"] = GuildId is null ? 1 : 0,
        };
}
