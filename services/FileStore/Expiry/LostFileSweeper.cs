using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Expiry;

/// <summary>
/// Removes the records of files whose bytes are missing, as a deletion does. It never does so while the place of the blobs is not
/// the one that the records belong to, such as the empty directory below a volume that is not mounted.
/// </summary>
internal sealed partial class LostFileSweeper(
    IFileMetadata metadata,
    IBlobStore blobs,
    BlobStoreMark mark,
    SweepInstruments instruments,
    TimeProvider time,
    IOptions<ExpiryOptions> options,
    ILogger<LostFileSweeper> logger
)
{
    /// <summary>Looks at every file once; returns the number of records removed.</summary>
    /// <exception cref="FileStoreException">Bytes are missing because the place of the blobs is another.</exception>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        var batchSize = options.Value.BatchSize;
        for (var after = ""; ; )
        {
            var files = await metadata.WalkAsync(after, batchSize, cancellationToken);
            removed += await RemoveLostAsync(files, cancellationToken);
            if (files.Count < batchSize)
            {
                return removed;
            }

            after = files[^1].FileId;
        }
    }

    // A file's blob is there before its record, and a deletion claims the record before it deletes the blob: a blob that is
    // missing, or short, while the record can still be claimed is lost.
    private async Task<int> RemoveLostAsync(IReadOnlyList<StoredFile> files, CancellationToken cancellationToken)
    {
        var sizes = files.ToDictionary(KeyOf, file => file.FileSize);
        var lost = await blobs.FindMissingAsync(sizes, cancellationToken);
        if (lost.Count == 0)
        {
            return 0;
        }

        // Checked again, between two checks of the store: one of them notices a volume that is mounted or unmounted meanwhile.
        await mark.CheckAsync(cancellationToken);
        lost = await blobs.FindMissingAsync(lost.ToDictionary(key => key, key => sizes[key]), cancellationToken);
        await mark.CheckAsync(cancellationToken);
        return await RemoveAsync(lost, cancellationToken);
    }

    private async Task<int> RemoveAsync(IReadOnlyList<BlobKey> lost, CancellationToken cancellationToken)
    {
        var claimed = new List<string>(lost.Count);
        foreach (var key in lost)
        {
            var (userId, fileId) = key;
            // If another replica's sweep or the owner's deletion has the claim, that removes the record.
            if (await metadata.ClaimAsync(userId, fileId, Claim.Take(time, options.Value.ClaimLease), cancellationToken))
            {
                FileLost(fileId);
                await blobs.DeleteAsync(key, cancellationToken);
                claimed.Add(fileId);
            }
        }

        var removed = claimed.Count == 0 ? 0 : await metadata.RemoveAsync(claimed, cancellationToken);
        instruments.Lost(removed);
        return removed;
    }

    private static BlobKey KeyOf(StoredFile file) => new(file.UserId, file.FileId);

    [LoggerMessage(16, LogLevel.Error, "The content of {FileId} is lost; its record is removed")]
    private partial void FileLost(string fileId);
}
