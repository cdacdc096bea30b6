using CodeInterpreter.FileStore.Files;
using CodeInterpreter.ServiceDefaults.Databases;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CodeInterpreter.FileStore.Metadata;

/// <summary>
/// The addition of one file to <c>user_files</c>. If a quota or an upload id is involved, its document is first inserted invisibly, so
/// that the sweeper removes it if this process dies; then counted with all others, also those that are being added elsewhere; and then
/// made visible or removed.
/// </summary>
internal sealed class MongoFileAddition(
    IMongoCollection<BsonDocument> files,
    StoredFile file,
    Quota quota,
    MongoFileSteps steps,
    TimeProvider time
)
{
    // In each attempt another call may be deleting the file that has the upload id.
    private const int MaxAttempts = 10;
    private const int MaxPauseMilliseconds = 20;

    private static readonly TimeSpan PendingLease = TimeSpan.FromMinutes(5);

    private readonly BsonDocument _pending = MongoFileFilters.Pending(file.FileId);

    public IMongoCollection<BsonDocument> Files => files;

    public StoredFile File => file;

    /// <summary>The quotas that the file counts towards, and the execution for a quota of an execution.</summary>
    public IReadOnlyList<(Quota Quota, string? ExecutionId)> Quotas { get; } = [.. quota.For(file)];

    /// <summary>The same for all additions with one upload id, of which one remains in the end.</summary>
    public string Key => file.UploadId is null ? file.FileId : MongoFileDocument.UploadKey(file);

    /// <summary>Whether its invisible document exists, to be made visible or removed.</summary>
    public bool IsPending { get; set; }

    /// <summary>Adds the file; returns it, or the one that has its upload id.</summary>
    public Task<StoredFile> AddAsync(CancellationToken cancellationToken) =>
        KeepOneAsync(
            earlier: null,
            attempt =>
                Quotas.Count > 0
                    ? attempt == 1
                        ? AddTogetherAsync()
                        : AddAloneAsync(ShowAsync)
                    : files.InsertOneAsync(MongoFileDocument.From(file), options: null, cancellationToken),
            cancellationToken
        );

    /// <summary>Replaces an earlier file, which is claimed.</summary>
    public Task<StoredFile> ReplaceAsync(StoredFile earlier, Claim claim, CancellationToken cancellationToken) =>
        steps.InTurnAsync(
            Key,
            () => KeepOneAsync(earlier, _ => AddAloneAsync(() => SwapAsync(earlier, claim, cancellationToken)), cancellationToken)
        );

    /// <summary>The invisible document.</summary>
    public BsonDocument ToPending() => MongoFileDocument.Pending(file, time.GetUtcNow() + PendingLease);

    /// <summary>The change that makes it visible.</summary>
    public UpdateOneModel<BsonDocument> ToShown() => new(_pending, MongoFileDocument.Show(file));

    public async Task InsertAsync()
    {
        try
        {
            await files.InsertOneAsync(ToPending());
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            // An earlier attempt of the same call may have inserted it.
            if (!await files.Find(_pending).AnyAsync())
            {
                throw;
            }
        }

        IsPending = true;
    }

    /// <summary>Measures all quotas with one query: the files of an execution are among those of its owner.</summary>
    public async Task CheckAsync()
    {
        var widest = Quotas.Any(limit => limit.ExecutionId is null) ? null : file.ExecutionId;
        var usages = await MongoFileUsage.MeasureAsync(
            files,
            MongoFileFilters.CountedWith(file, widest),
            MongoFileIndexes.For(widest),
            [.. Quotas.Select(limit => limit.ExecutionId)],
            CancellationToken.None
        );
        foreach (var ((limit, _), usage) in Quotas.Zip(usages))
            limit.Check(usage, file.FileSize);
    }

    public async Task ShowAsync()
    {
        var shown = await files.UpdateOneAsync(_pending, MongoFileDocument.Show(file));
        // It may have become visible in a group of which another one failed.
        if (shown.MatchedCount == 0 && !await files.Find(MongoFileFilters.Stored(file.FileId)).AnyAsync())
            throw SweptMeanwhile();
    }

    public static FileStoreException SweptMeanwhile() =>
        FileStoreException.Unavailable("database", new TimeoutException("It took too long to add the file, and a sweep has removed it."));

    /// <summary>Adds the file, or finds the one that has its upload id. Retries if the other one changed in between.</summary>
    private async Task<StoredFile> KeepOneAsync(StoredFile? earlier, Func<int, Task> addAsync, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await addAsync(attempt);
                return file;
            }
            catch (MongoServerException exception) when (file.UploadId is not null && IsOthersDoing(exception))
            {
                if (
                    await files.Find(MongoFileFilters.UploadOf(file)).FirstOrDefaultAsync(cancellationToken) is { } found
                    && MongoFileDocument.IdOf(found) != earlier?.FileId
                )
                {
                    return MongoFileDocument.ToFile(found);
                }

                if (attempt == MaxAttempts)
                    throw FileStoreException.Unavailable("database", exception);

                // Calls that collided retry at different times, so that they do not collide again.
                await Task.Delay(Random.Shared.Next(MaxPauseMilliseconds * attempt), cancellationToken);
            }
        }
    }

    private Task AddTogetherAsync() => AddOrTakeBackAsync(() => steps.AddAsync(this));

    // Calls with one upload id would collide again in a group.
    private Task AddAloneAsync(Func<Task> showAsync) =>
        AddOrTakeBackAsync(async () =>
        {
            await InsertAsync();
            if (Quotas.Count > 0)
                await CheckAsync();
            await showAsync();
        });

    private async Task AddOrTakeBackAsync(Func<Task> addAsync)
    {
        try
        {
            await addAsync();
        }
        catch when (IsPending)
        {
            await files.DeleteOneAsync(_pending, CancellationToken.None);
            IsPending = false;
            throw;
        }
    }

    /// <summary>
    /// One message claims the earlier file and makes the new one visible, so that only a crash of the server can separate them. Before, it
    /// makes sure that the new document still exists.
    /// </summary>
    private async Task SwapAsync(StoredFile earlier, Claim claim, CancellationToken cancellationToken)
    {
        var renewed = await files.UpdateOneAsync(
            _pending,
            MongoFileDocument.PendingUntil(time.GetUtcNow() + PendingLease),
            options: null,
            cancellationToken
        );
        if (renewed.MatchedCount == 0)
            throw SweptMeanwhile();

        var swapped = await files.BulkWriteAsync(
            [
                new UpdateOneModel<BsonDocument>(
                    MongoFileFilters.Stored(earlier.FileId),
                    MongoFileDocument.ClaimUntil(claim.Until, ObjectId.GenerateNewId())
                ),
                new UpdateOneModel<BsonDocument>(_pending, MongoFileDocument.Show(file)),
            ],
            options: null,
            cancellationToken
        );
        // If one of two matched, the earlier file was already deleted: no sweep removes a document that was just renewed. Checking whether
        // this one is visible would prove nothing, because a later upload may have replaced it.
        if (swapped.MatchedCount == 0)
            throw SweptMeanwhile();
    }

    // A server that runs a message as one transaction can report a conflict with another one.
    private static bool IsOthersDoing(MongoServerException exception) =>
        exception switch
        {
            MongoWriteException write => write.WriteError?.Category == ServerErrorCategory.DuplicateKey,
            MongoBulkWriteException bulk => bulk.WriteErrors.Any(error =>
                error.Category == ServerErrorCategory.DuplicateKey || error.Code == MongoOutage.WriteConflict
            ),
            _ => false,
        };
}
