namespace CodeInterpreter.Discord.Platform.Messages;

/// <summary>The interaction that a message answers.</summary>
internal sealed record MessageOrigin
{
    public required string Id { get; init; }

    /// <summary>The user of that interaction.</summary>
    public DiscordUser? User { get; init; }
}
