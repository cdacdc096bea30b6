namespace CodeInterpreter.Discord.Platform.Messages;

/// <summary>An attachment in a message to send.</summary>
/// <param name="Id">The id of an attachment that the message has already, or the number of a file that is sent with it.</param>
/// <param name="Filename">Its name; null for one that is kept.</param>
/// <param name="Description">Its alternative text, at most 1024 characters.</param>
internal sealed record AttachmentEntry(string Id, string? Filename = null, string? Description = null);
