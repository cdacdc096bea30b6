namespace CodeInterpreter.TestDiscord.Conversations;

/// <summary>A file of a message, as the reader sees it.</summary>
internal sealed record SentFile(string Id, string FileName, string? Description, string? ContentType, byte[] Bytes, Uri Address);
