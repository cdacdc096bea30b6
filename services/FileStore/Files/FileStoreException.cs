namespace CodeInterpreter.FileStore.Files;

/// <summary>A call that the store refused or failed; the message is written for the caller.</summary>
internal sealed class FileStoreException(FileError error, string message, Exception? cause = null) : Exception(message, cause)
{
    public FileError Error { get; } = error;

    public static FileStoreException NotFound() => new(FileError.NotFound, "No such file: it is unknown, expired or deleted.");

    public static FileStoreException Expired() => new(FileError.Expired, "This file has expired.");

    public static FileStoreException OtherBlobStore(string mark, string expected) =>
        new(
            FileError.Unavailable,
            $"The place of the files is not the one that the records belong to: its mark is {mark}, not {expected}. "
                + "Is a volume not mounted? When the change is meant, write the expected mark into it."
        );

    public static FileStoreException StorageFull(string what, Exception cause) =>
        new(
            FileError.StorageFull,
            $"The {what} of the file store is full. Stored files can still be read and deleted; the operator has to provide space.",
            cause
        );

    /// <summary>For an outage of the database.</summary>
    public static FileStoreException DatabaseFailed(Exception cause, bool isFull) =>
        isFull ? StorageFull("database", cause) : Unavailable("database", cause);

    public static FileStoreException Unavailable(string what, Exception cause) =>
        new(FileError.Unavailable, $"The {what} of the file store cannot be reached at the moment; try again.", cause);
}
