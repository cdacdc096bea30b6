namespace CodeInterpreter.Discord.Bot.Rendering;

/// <summary>A message to send, with its files.</summary>
internal sealed record OutgoingMessage(string Content, IReadOnlyList<OutgoingFile> Files);

/// <summary>A file to attach: a stored one, or a text.</summary>
/// <param name="Name">Its name on Discord.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="FileId">The stored file; null for a text.</param>
/// <param name="Content">The bytes of a text.</param>
internal sealed record OutgoingFile(string Name, long Size, string? FileId, ReadOnlyMemory<byte> Content = default);
