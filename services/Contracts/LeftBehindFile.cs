namespace CodeInterpreter.Contracts;

/// <summary>
/// A file that the code left outside of the output directory. Such files are removed with the sandbox.
/// </summary>
/// <param name="Path">Absolute path in the sandbox; control characters and bytes that are not UTF-8 are replaced by U+FFFD.</param>
/// <param name="SizeBytes">Its size in bytes.</param>
public sealed record LeftBehindFile(string Path, long SizeBytes);
