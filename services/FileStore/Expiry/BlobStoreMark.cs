using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;

namespace CodeInterpreter.FileStore.Expiry;

/// <summary>
/// Tells whether the place of the blobs is the one that the records belong to. It is not where a volume is not mounted, or where
/// the database is that of another store; what has no counterpart is no leftover then.
/// </summary>
internal sealed class BlobStoreMark(IFileMetadata metadata, IBlobStore blobs)
{
    /// <exception cref="FileStoreException">It is another.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var mark = await blobs.IdentifyAsync(cancellationToken);
        var expected = await metadata.BindAsync(mark, cancellationToken);
        if (mark != expected)
        {
            throw FileStoreException.OtherBlobStore(mark, expected);
        }
    }
}
