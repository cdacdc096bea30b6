using System.Buffers;
using System.Security.Cryptography;
using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;

namespace CodeInterpreter.FileStore.Migration;

/// <summary>
/// Copies the bytes of all files from one store to another, and compares them with the records on the way. It can be run again
/// at any time, and goes on where it ended; files may come and go meanwhile.
/// </summary>
internal sealed class BlobMigration(
    IBlobStore source,
    IBlobStore target,
    IFileMetadata metadata,
    TimeProvider time,
    MigrationProgress progress
)
{
    private const int AtOnce = 8;
    private const int ChunkBytes = 64 * 1024;

    /// <summary>
    /// Copies what the target lacks. With <paramref name="deleteSource"/> it reads each blob back from the target, and deletes it
    /// from the source when it is right there.
    /// </summary>
    public Task RunAsync(bool deleteSource, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            source.ListAsync(DateTimeOffset.MaxValue, cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (key, token) =>
            {
                var file = await metadata.FindAsync(key.UserId, key.FileId, time.GetUtcNow(), token);
                var outcome = file is null ? MigrationOutcome.WithoutRecord : await MigrateAsync(key, file, deleteSource, token);
                progress.Add(outcome, file?.FileSize ?? 0);
            }
        );

    private async Task<MigrationOutcome> MigrateAsync(BlobKey key, StoredFile file, bool deleteSource, CancellationToken cancellationToken)
    {
        var outcome = MigrationOutcome.AlreadyThere;
        if (!await IsThereAsync(key, file, deleteSource, cancellationToken))
        {
            outcome = await CopyAsync(key, file, cancellationToken);
        }

        if (deleteSource && outcome == MigrationOutcome.Copied && !await IsThereAsync(key, file, readBack: true, cancellationToken))
        {
            return MigrationOutcome.Damaged;
        }

        if (deleteSource && outcome is MigrationOutcome.Copied or MigrationOutcome.AlreadyThere)
        {
            await source.DeleteAsync(key, cancellationToken);
        }

        return outcome;
    }

    private async Task<bool> IsThereAsync(BlobKey key, StoredFile file, bool readBack, CancellationToken cancellationToken)
    {
        if (await target.MeasureAsync(key, cancellationToken) != file.FileSize)
        {
            return false;
        }

        if (!readBack)
        {
            return true;
        }

        await using var content = await target.OpenAsync(key, 0, cancellationToken);
        return content is not null && file.Sha256 == Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }

    private async Task<MigrationOutcome> CopyAsync(BlobKey key, StoredFile file, CancellationToken cancellationToken)
    {
        await using var content = await source.OpenAsync(key, 0, cancellationToken);
        if (content is null)
        {
            // Deleted since it was listed.
            return MigrationOutcome.WithoutRecord;
        }

        await using var writer = await target.CreateAsync(key, cancellationToken);
        if (await CopyAsync(content, writer, cancellationToken) != file.Sha256)
        {
            return MigrationOutcome.Damaged;
        }

        await writer.CommitAsync(cancellationToken);
        return MigrationOutcome.Copied;
    }

    private static async Task<string> CopyAsync(Stream content, IBlobWriter writer, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                hash.AppendData(buffer, 0, count);
                await writer.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
