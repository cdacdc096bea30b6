namespace CodeInterpreter.Discord.Platform.Messages;

[Flags]
internal enum MessageFlags
{
    None = 0,
    SuppressEmbeds = 1 << 2,

    /// <summary>Only the user of the interaction sees the message.</summary>
    Ephemeral = 1 << 6,
    SuppressNotifications = 1 << 12,
}
