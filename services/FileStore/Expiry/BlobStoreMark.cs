using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;

namespace CodeInterpreter.FileStore.Expiry;

/// <summary>
/// Checks that blobs and records belong together. They do not when a volume is not mounted, or when the database is another store's; then
/// blobs without a record are no leftovers.
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
