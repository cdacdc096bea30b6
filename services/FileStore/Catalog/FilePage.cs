using CodeInterpreter.FileStore.Files;

namespace CodeInterpreter.FileStore.Catalog;

/// <summary>One page of an owner's files.</summary>
/// <param name="Files">The files, newest first.</param>
/// <param name="Next">Where the next page begins; null on the last one.</param>
internal sealed record FilePage(IReadOnlyList<StoredFile> Files, FilePosition? Next);
