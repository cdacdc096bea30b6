namespace CodeInterpreter.Runner.Images;

/// <summary>What an image says it does when it is started.</summary>
/// <param name="Id">Its id in the engine, which no other image ever gets.</param>
/// <param name="Variables">Its environment variables, as <c>NAME=value</c>.</param>
/// <param name="Volumes">Where it wants volumes.</param>
internal sealed record ImageSettings(string Id, IReadOnlyList<string> Variables, IReadOnlyList<string> Volumes);

/// <summary>A file of an image, as far as it was read. Nothing of it has been executed.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Content">Its bytes; null when it is no plain file.</param>
internal sealed record ImageFile(string Path, byte[]? Content);
