using CodeInterpreter.Discord.Platform.Messages;

namespace CodeInterpreter.Discord.Platform.Interactions;

/// <summary>A user in a server.</summary>
internal sealed record GuildMember
{
    public DiscordUser? User { get; init; }

    /// <summary>What the user may do in the channel: a number of 64 bits.</summary>
    public string? Permissions { get; init; }

    /// <summary>Whether the user may do that.</summary>
    public bool May(Permission permission) =>
        ulong.TryParse(Permissions, out var all) && (all & ((ulong)permission | (ulong)Permission.Administrator)) != 0;
}
