using CodeInterpreter.FileStore.Settings;

namespace CodeInterpreter.FileStore.Blobs;

/// <summary>What keeps the bytes of files.</summary>
public enum BlobProvider
{
    /// <summary>
    /// The directory <see cref="FileStoreOptions.DataDirectory"/>: nothing to install, for one file store or several on one machine.
    /// </summary>
    Disk,

    /// <summary>A bucket of Amazon S3, or of a store that speaks its protocol, which any number of file stores share.</summary>
    S3,
}
