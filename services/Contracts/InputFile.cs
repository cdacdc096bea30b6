namespace CodeInterpreter.Contracts;

/// <summary>A stored file that an execution reads. Its bytes stay in the file store until a runner fetches them.</summary>
/// <param name="FileId">Its id in the file store; it belongs to the execution's user.</param>
/// <param name="Filename">
/// Path relative to the working directory, with <c>/</c> between folders: the file's own name or another one.
/// Several of the same path: the first keeps it, the others get a number.
/// </param>
/// <param name="SizeBytes">Its size in bytes.</param>
public sealed record InputFile(string FileId, string Filename, long SizeBytes);
