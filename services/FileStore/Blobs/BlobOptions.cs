using CodeInterpreter.FileStore.Settings;

namespace CodeInterpreter.FileStore.Blobs;

/// <summary>Where the bytes of files are kept, section <c>FileStore:Blobs</c>.</summary>
public sealed class BlobOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = FileStoreOptions.Section + ":Blobs";

    /// <summary>
    /// The kind of store. <c>Disk</c> by default: a first start needs no server. To change it, first copy the files with <c>blobs
    /// migrate</c>.
    /// </summary>
    public BlobProvider Provider { get; set; } = BlobProvider.Disk;
}
