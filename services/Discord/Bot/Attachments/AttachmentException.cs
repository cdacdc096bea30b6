namespace CodeInterpreter.Discord.Bot.Attachments;

/// <summary>An attachment cannot be used; the message tells its user why.</summary>
internal sealed class AttachmentException(string message, Exception? cause = null) : Exception(message, cause);
