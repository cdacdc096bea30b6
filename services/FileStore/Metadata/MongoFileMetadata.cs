using CodeInterpreter.FileStore.Files;
using CodeInterpreter.ServiceDefaults.Databases;
using MongoDB.Bson;
using MongoDB.Driver;
using Field = CodeInterpreter.FileStore.Metadata.MongoFileFields;

namespace CodeInterpreter.FileStore.Metadata;

/// <summary>
/// Records in the MongoDB collection <c>user_files</c>, which any number of file stores share. Every change is guarded by
/// its filter, which the server checks for each document once more while it changes it.
/// </summary>
/// <param name="connection">The way to the database.</param>
/// <param name="time">The clock that leases and expiry go by.</param>
internal sealed class MongoFileMetadata(MongoConnection connection, TimeProvider time) : IFileMetadata
{
    private readonly MongoRecords _records = connection.GetRecords("user_files", FileStoreException.DatabaseFailed, MongoFileIndexes.All);

    private readonly MongoFileSteps _steps = new();

    private readonly MongoBlobStore _blobStore = new(connection);

    private readonly MongoExpiredFiles _expired = new(connection);

    public Task InitializeAsync(CancellationToken cancellationToken) => UseAsync(Task.FromResult, cancellationToken);

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await UseAsync(files => files.Find(MongoFileFilters.AnyOf([""])).AnyAsync(cancellationToken), cancellationToken);
        await _expired.CheckAsync(time.GetUtcNow(), cancellationToken);
    }

    public Task<StoredFile> AddAsync(StoredFile file, Quota quota, CancellationToken cancellationToken) =>
        UseAsync(files => new MongoFileAddition(files, file, quota, _steps, time).AddAsync(cancellationToken), cancellationToken);

    public Task<StoredFile> ReplaceAsync(
        StoredFile earlier,
        StoredFile file,
        Quota quota,
        Claim claim,
        CancellationToken cancellationToken
    ) =>
        UseAsync(
            files => new MongoFileAddition(files, file, quota, _steps, time).ReplaceAsync(earlier, claim, cancellationToken),
            cancellationToken
        );

    public Task<StoredFile?> FindAsync(string userId, string fileId, DateTimeOffset now, CancellationToken cancellationToken) =>
        UseAsync(
            async files =>
            {
                var found = files.Find(MongoFileFilters.Visible(userId, fileId, now), new FindOptions { Hint = MongoFileIndexes.OfFile });
                return await found.FirstOrDefaultAsync(cancellationToken) is { } document ? MongoFileDocument.ToFile(document) : null;
            },
            cancellationToken
        );

    public Task<IReadOnlyList<StoredFile>> ListAsync(
        FileQuery query,
        FilePosition? after,
        int count,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        UseAsync(
            files =>
                ReadAsync(
                    files
                        .Find(
                            MongoFileFilters.VisibleAfter(query, after, now),
                            new FindOptions { Hint = MongoFileIndexes.For(query.ExecutionId) }
                        )
                        .Sort(MongoFileIndexes.NewestFirst)
                        .Limit(count),
                    cancellationToken
                ),
            cancellationToken
        );

    public Task<FileUsage> MeasureAsync(string userId, DateTimeOffset now, CancellationToken cancellationToken) =>
        UseAsync(
            async files =>
                (
                    await MongoFileUsage.MeasureAsync(
                        files,
                        MongoFileFilters.Visible(userId, now),
                        MongoFileIndexes.For(executionId: null),
                        [null],
                        cancellationToken
                    )
                )[0],
            cancellationToken
        );

    public Task<StoredFile?> ExtendAsync(
        string userId,
        string fileId,
        DateTimeOffset expiresAt,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        UseAsync(
            async files =>
            {
                var later = new BsonDocument("$max", new BsonDocument(Field.ExpiresAt, MongoFileDocument.Date(expiresAt)));
                var options = new FindOneAndUpdateOptions<BsonDocument> { ReturnDocument = ReturnDocument.After };
                var extended = await files.FindOneAndUpdateAsync<BsonDocument>(
                    MongoFileFilters.Visible(userId, fileId, now),
                    later,
                    options,
                    cancellationToken
                );
                return extended is null ? null : MongoFileDocument.ToFile(extended);
            },
            cancellationToken
        );

    public async Task<bool> HasExpiredAsync(string userId, string fileId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var over = new BsonDocument
        {
            [Field.ExpiresAt] = new BsonDocument("$lte", MongoFileDocument.Date(now)),
            [Field.FileId] = fileId,
            [Field.UserId] = userId,
        };
        return await UseAsync(files => files.Find(over).AnyAsync(cancellationToken), cancellationToken)
            || await _expired.ContainsAsync(userId, fileId, cancellationToken);
    }

    public Task RecordExpiredAsync(IReadOnlyCollection<StoredFile> files, CancellationToken cancellationToken) =>
        _expired.AddAsync(files, cancellationToken);

    public Task ForgetExpiredAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        _expired.RemoveAsync(before, cancellationToken);

    public Task ForgetExpiredAsync(string userId, CancellationToken cancellationToken) => _expired.RemoveAsync(userId, cancellationToken);

    public Task<bool> ClaimAsync(string userId, string fileId, Claim claim, CancellationToken cancellationToken) =>
        UseAsync(
            async files =>
            {
                var filter = MongoFileFilters.Visible(userId, fileId, claim.Now);
                var change = MongoFileDocument.ClaimUntil(claim.Until, ObjectId.GenerateNewId());
                return (await files.UpdateOneAsync(filter, change, options: null, cancellationToken)).ModifiedCount == 1;
            },
            cancellationToken
        );

    public Task<IReadOnlyList<StoredFile>> ClaimExpiredAsync(string? userId, int count, Claim claim, CancellationToken cancellationToken) =>
        UseAsync<IReadOnlyList<StoredFile>>(
            async files =>
            {
                var claimed = new List<StoredFile>();
                while (claimed.Count < count)
                {
                    var candidates = await FindClaimableAsync(files, userId, count - claimed.Count, claim, cancellationToken);
                    if (candidates.Count == 0)
                    {
                        break;
                    }

                    // Others may have been faster with some of them, or with all; then there may be more behind these.
                    claimed.AddRange(await ClaimAsync(files, candidates, claim, cancellationToken));
                }

                return claimed;
            },
            cancellationToken
        );

    public Task<int> RemoveAsync(IReadOnlyCollection<string> fileIds, CancellationToken cancellationToken) =>
        UseAsync(
            async files => (int)(await files.DeleteManyAsync(MongoFileFilters.Deleting(fileIds), cancellationToken)).DeletedCount,
            cancellationToken
        );

    public Task<IReadOnlyList<StoredFile>> WalkAsync(string after, int count, CancellationToken cancellationToken) =>
        UseAsync(
            files =>
                ReadAsync(
                    files.Find(MongoFileFilters.StoredAfter(after)).Sort(new BsonDocument(Field.FileId, 1)).Limit(count),
                    cancellationToken
                ),
            cancellationToken
        );

    public Task<string> BindAsync(string blobStore, CancellationToken cancellationToken) =>
        _blobStore.BindAsync(blobStore, cancellationToken);

    public Task<IReadOnlySet<string>> FindKnownAsync(IReadOnlyCollection<string> fileIds, CancellationToken cancellationToken) =>
        UseAsync<IReadOnlySet<string>>(
            async files =>
            {
                var known = await ReadIdsAsync(files.Find(MongoFileFilters.AnyOf(fileIds)), cancellationToken);
                return known.ToHashSet(StringComparer.Ordinal);
            },
            cancellationToken
        );

    private static Task<List<string>> FindClaimableAsync(
        IMongoCollection<BsonDocument> files,
        string? userId,
        int count,
        Claim claim,
        CancellationToken cancellationToken
    ) => ReadIdsAsync(files.Find(MongoFileFilters.Claimable(userId, claim.Now)).Limit(count), cancellationToken);

    // One update for the whole batch instead of one for each file. The claim's own id marks the files that it got.
    private static async Task<IReadOnlyList<StoredFile>> ClaimAsync(
        IMongoCollection<BsonDocument> files,
        List<string> candidates,
        Claim claim,
        CancellationToken cancellationToken
    )
    {
        var claimId = ObjectId.GenerateNewId();
        await files.UpdateManyAsync(
            MongoFileFilters.Claimable(claim.Now, candidates),
            MongoFileDocument.ClaimUntil(claim.Until, claimId),
            options: null,
            cancellationToken
        );
        return await ReadAsync(files.Find(MongoFileFilters.ClaimedBy(claimId, candidates)), cancellationToken);
    }

    private static async Task<IReadOnlyList<StoredFile>> ReadAsync(
        IFindFluent<BsonDocument, BsonDocument> found,
        CancellationToken cancellationToken
    ) => [.. (await found.ToListAsync(cancellationToken)).Select(MongoFileDocument.ToFile)];

    private static async Task<List<string>> ReadIdsAsync(IFindFluent<BsonDocument, BsonDocument> found, CancellationToken cancellationToken)
    {
        var documents = await found.Project(MongoFileDocument.OnlyId).ToListAsync(cancellationToken);
        return [.. documents.Select(MongoFileDocument.IdOf)];
    }

    private Task<T> UseAsync<T>(Func<IMongoCollection<BsonDocument>, Task<T>> use, CancellationToken cancellationToken) =>
        _records.UseAsync(use, cancellationToken);
}
