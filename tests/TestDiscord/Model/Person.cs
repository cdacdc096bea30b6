using System.Text.Json.Nodes;

namespace CodeInterpreter.TestDiscord.Model;

/// <summary>A user of Discord.</summary>
internal sealed record Person(string Id, string Name)
{
    public bool IsBot { get; init; }

    /// <summary>What the person may do in the channels, as bits.</summary>
    public long Permissions { get; init; } = 1 << 11;

    /// <summary>The most bytes that a file may have that the bot sends to this person.</summary>
    public long AttachmentSizeLimit { get; init; } = 10 << 20;

    public string Locale { get; init; } = "en-US";

    public JsonObject ToUser()
    {
        var user = new JsonObject
        {
            ["id"] = Id,
            ["username"] = Name.ToLowerInvariant().Replace(' ', '_'),
            ["discriminator"] = "0",
            ["global_name"] = Name,
            ["avatar"] = null,
            ["public_flags"] = 0,
        };
        if (IsBot)
            user["bot"] = true;
        return user;
    }

    public JsonObject ToMember() =>
        new()
        {
            ["user"] = ToUser(),
            ["nick"] = null,
            ["avatar"] = null,
            ["roles"] = new JsonArray(),
            ["joined_at"] = "2024-10-01T10:30:00+00:00",
            ["premium_since"] = null,
            ["deaf"] = false,
            ["mute"] = false,
            ["pending"] = false,
            ["flags"] = 0,
            ["permissions"] = $"{Permissions}",
        };
}
