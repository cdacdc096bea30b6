using CodeInterpreter.FileStore.Files;

namespace CodeInterpreter.FileStore.Blobs;

/// <summary>Distinguishes failures of the disk from mistakes in the program.</summary>
internal static class DiskFailure
{
    // What the systems call it: ENOSPC, EDQUOT of Linux and of macOS, ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL.
    private static readonly int[] FullDiskErrors = [28, 122, 69, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    public static bool Is(Exception exception) => exception is IOException or UnauthorizedAccessException;

    public static FileStoreException From(Exception exception) =>
        FullDiskErrors.Contains(exception.HResult)
            ? FileStoreException.StorageFull("disk", exception)
            : FileStoreException.Unavailable("disk", exception);
}
