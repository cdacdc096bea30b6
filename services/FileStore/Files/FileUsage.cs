namespace CodeInterpreter.FileStore.Files;

/// <summary>How much an owner has stored; what has expired does not count.</summary>
internal sealed record FileUsage(long Files, long Bytes);
