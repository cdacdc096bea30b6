using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Files;

namespace CodeInterpreter.FileStore.Catalog;

// How a blob gets its record, and what happens to a blob without one.
internal sealed partial class FileCatalog
{
    private static readonly TimeSpan RecordRetryInterval = TimeSpan.FromSeconds(1);

    private async Task<StoredFile> AddOrRemoveAsync(StoredFile file, Func<Task<StoredFile>> addAsync, CancellationToken cancellationToken)
    {
        try
        {
            return await AddAsync(file, addAsync, cancellationToken);
        }
        catch (FileStoreException exception) when (exception.Error is FileError.QuotaExceeded or FileError.StorageFull)
        {
            await DropAsync(new BlobKey(file.UserId, file.FileId));
            throw;
        }
        catch
        {
            // Whether the record is there is not known.
            unrecorded.Add(new BlobKey(file.UserId, file.FileId));
            throw;
        }
    }

    private async Task CommitAsync(IncomingFile incoming, CancellationToken cancellationToken)
    {
        try
        {
            await incoming.Blob.CommitAsync(cancellationToken);
        }
        catch
        {
            // It may exist anyway: the answer of an object store may have been lost.
            unrecorded.Add(incoming.Key);
            throw;
        }
    }

    // The sweeper removes what cannot be removed now.
    private async Task DropAsync(BlobKey key)
    {
        try
        {
            await blobs.DeleteAsync(key, CancellationToken.None);
        }
        catch (FileStoreException)
        {
            unrecorded.Add(key);
        }
    }

    // A user can upload a file again. An execution cannot write its files again, so their records wait for the database.
    private async Task<StoredFile> AddAsync(StoredFile file, Func<Task<StoredFile>> addAsync, CancellationToken cancellationToken)
    {
        try
        {
            return await addAsync();
        }
        catch (FileStoreException exception) when (exception.Error == FileError.Unavailable && file.Source == FileSource.Generated)
        {
            RecordWaits(file.FileId);
            return await AddWhenDatabaseIsBackAsync(file, addAsync, cancellationToken);
        }
    }

    private async Task<StoredFile> AddWhenDatabaseIsBackAsync(
        StoredFile file,
        Func<Task<StoredFile>> addAsync,
        CancellationToken cancellationToken
    )
    {
        using var timer = new PeriodicTimer(RecordRetryInterval, time);
        while (true)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            try
            {
                // The database may have stored the record before its answer was lost.
                if (await metadata.FindAsync(file.UserId, file.FileId, time.GetUtcNow(), CancellationToken.None) is { } added)
                    return added;

                // Or it was unavailable for so long that a sweep has removed the unfinished addition.
                return await blobs.MeasureAsync(new BlobKey(file.UserId, file.FileId), CancellationToken.None) is null
                    ? throw ContentIsLost(file.FileId)
                    : await addAsync();
            }
            catch (FileStoreException exception) when (exception.Error == FileError.Unavailable)
            {
                // It has been logged already.
            }
        }
    }
}
