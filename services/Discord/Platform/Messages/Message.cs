namespace CodeInterpreter.Discord.Platform.Messages;

/// <summary>A message as Discord sends it.</summary>
internal sealed record Message
{
    public required string Id { get; init; }

    public string? ChannelId { get; init; }

    public string Content { get; set; } = "";

    public DiscordUser? Author { get; init; }

    public IReadOnlyList<Attachment> Attachments { get; set; } = [];

    public IReadOnlyList<MessageComponent> Components { get; set; } = [];

    public MessageFlags Flags { get; init; }

    /// <summary>The interaction that the message answers; null where it answers none.</summary>
    public MessageOrigin? InteractionMetadata { get; init; }
}
