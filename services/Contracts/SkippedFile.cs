namespace CodeInterpreter.Contracts;

/// <summary>An entry of the output directory that was not stored.</summary>
/// <param name="Path">Path relative to the output directory; bytes that are not UTF-8 are replaced by U+FFFD.</param>
/// <param name="Reason">Why.</param>
/// <param name="SizeBytes">Its size; 0 where it has none.</param>
/// <param name="Detail">One sentence for people, with the limit where there is one.</param>
public sealed record SkippedFile(string Path, SkipReason Reason, long SizeBytes, string Detail);
