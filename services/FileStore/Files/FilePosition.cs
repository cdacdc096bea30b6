namespace CodeInterpreter.FileStore.Files;

/// <summary>A place in an owner's list of files, which runs from the newest to the oldest.</summary>
/// <param name="UploadedAt">When the file at this place was stored.</param>
/// <param name="FileId">Its id, which orders files of the same moment.</param>
internal sealed record FilePosition(DateTimeOffset UploadedAt, string FileId);
