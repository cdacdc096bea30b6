using CodeInterpreter.FileStore.Files;
using CodeInterpreter.ServiceDefaults.Databases;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CodeInterpreter.FileStore.Metadata;

/// <summary>
/// One file on its way into <c>user_files</c>. Where others count with it or go for it, it is first one that nobody sees and
/// that the sweeper removes should this process die; counted with all others, also those that are being added elsewhere; and then
/// shown or taken back.
/// </summary>
internal sealed class MongoFileAddition(
    IMongoCollection<BsonDocument> files,
    StoredFile file,
    Quota quota,
    MongoFileSteps steps,
    TimeProvider time
)
{
    // Each time another is about to delete the file that stands in the way, or has just done so.
    private const int MaxAttempts = 10;
    private const int MaxPauseMilliseconds = 20;

    private static readonly TimeSpan PendingLease = TimeSpan.FromMinutes(5);

    private readonly BsonDocument _pending = MongoFileFilters.Pending(file.FileId);

    public IMongoCollection<BsonDocument> Files => files;

    public StoredFile File => file;

    /// <summary>The quotas that the file counts against, and the execution that is meant where it is not the owner.</summary>
    public IReadOnlyList<(Quota Quota, string? ExecutionId)> Quotas { get; } = [.. quota.For(file)];

    /// <summary>The same for all that go for one upload id, of which one is left in the end.</summary>
    public string Key => file.UploadId is null ? file.FileId : MongoFileDocument.UploadKey(file);

    /// <summary>Whether its document is there, to be shown or taken back.</summary>
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

    /// <summary>The same in the place of an earlier file, which is claimed.</summary>
    public Task<StoredFile> ReplaceAsync(StoredFile earlier, Claim claim, CancellationToken cancellationToken) =>
        steps.InTurnAsync(
            Key,
            () => KeepOneAsync(earlier, _ => AddAloneAsync(() => SwapAsync(earlier, claim, cancellationToken)), cancellationToken)
        );

    /// <summary>The document that nobody sees yet.</summary>
    public BsonDocument ToPending() => MongoFileDocument.Pending(file, time.GetUtcNow() + PendingLease);

    /// <summary>The change that shows it.</summary>
    public UpdateOneModel<BsonDocument> ToShown() => new(_pending, MongoFileDocument.Show(file));

    public async Task InsertAsync()
    {
        try
        {
            await files.InsertOneAsync(ToPending());
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            // An earlier attempt of the same call may have come that far.
            if (!await files.Find(_pending).AnyAsync())
            {
                throw;
            }
        }

        IsPending = true;
    }

    /// <summary>Measures for all quotas in one go: an execution's files are among its owner's.</summary>
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
        // It may have been shown together with others, of which one was not.
        if (shown.MatchedCount == 0 && !await files.Find(MongoFileFilters.Stored(file.FileId)).AnyAsync())
            throw SweptMeanwhile();
    }

    public static FileStoreException SweptMeanwhile() =>
        FileStoreException.Unavailable("database", new TimeoutException("It took too long to add the file, and a sweep has removed it."));

    /// <summary>Adds the file, or finds the one that has its upload id. Where neither is to be had, it changed in between.</summary>
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

                // Those that met go on at different times: in step they would meet again.
                await Task.Delay(Random.Shared.Next(MaxPauseMilliseconds * attempt), cancellationToken);
            }
        }
    }

    private Task AddTogetherAsync() => AddOrTakeBackAsync(() => steps.AddAsync(this));

    // Those that go for one upload id would only get into each other's way once more if they went in step.
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
    /// The earlier file goes and the next is shown with one message, so that nothing but the end of the server itself comes in
    /// between; and not before it is sure that there is something to show.
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
        // With one of two it was the earlier file that was gone already: no sweep takes what has just been renewed. To look whether this
        // one is there would tell nothing, as the next may have taken its place by now.
        if (swapped.MatchedCount == 0)
            throw SweptMeanwhile();
    }

    // The servers that make one transaction of a message can find it at odds with another.
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
