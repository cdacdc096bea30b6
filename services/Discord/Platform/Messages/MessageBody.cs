namespace CodeInterpreter.Discord.Platform.Messages;

/// <summary>
/// A message to send, or what an edit changes: an edit leaves what is null as it is. It mentions nobody, whatever its text says.
/// </summary>
internal sealed record MessageBody
{
    /// <summary>At most 2000 characters.</summary>
    public string? Content { get; init; }

    /// <summary>At most ten, with 6000 characters in all of them together.</summary>
    public IReadOnlyList<Embed>? Embeds { get; init; }

    /// <summary>At most five rows.</summary>
    public IReadOnlyList<MessageComponent>? Components { get; init; }

    public MessageFlags? Flags { get; init; }

    /// <summary>
    /// The attachments that an edit keeps, by id. Null keeps all of them, an empty list none. The files that are sent with the message need
    /// no entry.
    /// </summary>
    public IReadOnlyList<AttachmentEntry>? Attachments { get; init; }

    public AllowedMentions AllowedMentions { get; } = new();
}
