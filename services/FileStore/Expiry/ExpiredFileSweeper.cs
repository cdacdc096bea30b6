using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.FileStore.Settings;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Expiry;

/// <summary>
/// Removes expired files, and what crashes left behind. Any number of replicas may sweep at the same time:
/// each works on the files it has claimed.
/// </summary>
internal sealed partial class ExpiredFileSweeper(
    IFileMetadata metadata,
    IBlobStore blobs,
    BlobStoreMark mark,
    LostFileSweeper lostFiles,
    UnrecordedBlobs unrecorded,
    SweepInstruments instruments,
    TimeProvider time,
    IOptions<ExpiryOptions> options,
    IOptions<FileStoreOptions> files,
    ILogger<ExpiredFileSweeper> logger
)
{
    // Every file that a user can still request is younger, unless it was extended repeatedly.
    private TimeSpan OrphanGrace => new[] { options.Value.OrphanGrace, files.Value.Retention, files.Value.MaxLifetime }.Max();

    /// <summary>Sweeps once; returns the number of files removed.</summary>
    /// <exception cref="FileStoreException">
    /// The storage is unavailable, or is not the one that the records belong to; then only expired files are removed.
    /// </exception>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var expired = await RemoveExpiredAsync(userId: null, cancellationToken);
        var now = time.GetUtcNow();
        await metadata.ForgetExpiredAsync(now - options.Value.ExpiredKnownFor, cancellationToken);
        await mark.CheckAsync(cancellationToken);
        var unfinished = await blobs.RemoveUnfinishedAsync(now - options.Value.UnfinishedGrace, cancellationToken);
        var orphans = await RemoveUnrecordedAsync(cancellationToken) + await RemoveOrphansAsync(now - OrphanGrace, cancellationToken);
        instruments.Removed(expired, unfinished, orphans);
        var lost = await lostFiles.SweepAsync(cancellationToken);
        Swept(expired, unfinished, orphans, lost);
        instruments.Swept();
        return expired;
    }

    /// <summary>Removes the expired files of one owner or of all; returns their number.</summary>
    public async Task<int> RemoveExpiredAsync(string? userId, CancellationToken cancellationToken)
    {
        var removed = 0;
        var batchSize = options.Value.BatchSize;
        while (true)
        {
            var claim = Claim.Take(time, options.Value.ClaimLease);
            var claimed = await metadata.ClaimExpiredAsync(userId, batchSize, claim, cancellationToken);
            removed += await RemoveAsync(claimed, cancellationToken);
            if (claimed.Count < batchSize)
            {
                return removed;
            }
        }
    }

    private async Task<int> RemoveAsync(IReadOnlyList<StoredFile> claimed, CancellationToken cancellationToken)
    {
        // A file whose deletion began before it expired counts as deleted, not as expired.
        var now = time.GetUtcNow();
        var expired = claimed.Where(file => file.ExpiresAt <= now).ToList();
        if (expired.Count > 0)
        {
            await metadata.RecordExpiredAsync(expired, cancellationToken);
        }

        var deleted = new List<string>(claimed.Count);
        foreach (var file in claimed)
        {
            try
            {
                await blobs.DeleteAsync(new BlobKey(file.UserId, file.FileId), cancellationToken);
                deleted.Add(file.FileId);
            }
            catch (FileStoreException exception)
            {
                // The record stays, so that a later sweep retries when the claim has expired.
                BlobNotDeleted(file.FileId, exception);
            }
        }

        return deleted.Count == 0 ? 0 : await metadata.RemoveAsync(deleted, cancellationToken);
    }

    private async Task<int> RemoveUnrecordedAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        while (unrecorded.Find(options.Value.BatchSize) is { Count: > 0 } keys)
        {
            removed += await RemoveUnknownAsync(keys, cancellationToken);
            unrecorded.Forget(keys);
        }

        return removed;
    }

    private async Task<int> RemoveOrphansAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        var batch = new List<BlobKey>();
        await foreach (var key in blobs.ListAsync(before, cancellationToken))
        {
            batch.Add(key);
            if (batch.Count == options.Value.BatchSize)
            {
                removed += await RemoveUnknownAsync(batch, cancellationToken);
                batch.Clear();
            }
        }

        return removed + await RemoveUnknownAsync(batch, cancellationToken);
    }

    private async Task<int> RemoveUnknownAsync(List<BlobKey> keys, CancellationToken cancellationToken)
    {
        var known = await metadata.FindKnownAsync([.. keys.Select(key => key.FileId)], cancellationToken);
        var removed = 0;
        foreach (var orphan in keys.Where(key => !known.Contains(key.FileId)))
        {
            try
            {
                await blobs.DeleteAsync(orphan, cancellationToken);
                removed++;
            }
            catch (FileStoreException exception)
            {
                // A file that cannot be deleted must not block the others or the rest of the sweep.
                BlobNotDeleted(orphan.FileId, exception);
            }
        }

        return removed;
    }

    [LoggerMessage(
        11,
        LogLevel.Information,
        "Swept {Files} expired files, {Unfinished} unfinished uploads, {Orphans} blobs without a record and {Lost} records without a blob"
    )]
    private partial void Swept(int files, int unfinished, int orphans, int lost);

    [LoggerMessage(12, LogLevel.Warning, "The blob of {FileId} could not be deleted; it is tried again later")]
    private partial void BlobNotDeleted(string fileId, Exception exception);
}
