namespace CodeInterpreter.FileStore.Files;

/// <summary>Where a file came from.</summary>
internal enum FileSource
{
    /// <summary>A user sent it.</summary>
    Uploaded,

    /// <summary>An execution wrote it.</summary>
    Generated,
}
