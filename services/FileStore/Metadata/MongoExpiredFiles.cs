using CodeInterpreter.FileStore.Files;
using CodeInterpreter.ServiceDefaults.Databases;
using MongoDB.Bson;
using MongoDB.Driver;
using Field = CodeInterpreter.FileStore.Metadata.MongoFileFields;

namespace CodeInterpreter.FileStore.Metadata;

/// <summary>
/// The MongoDB collection <c>expired_files</c>: ids and owners of files that expired, kept after their records are removed.
/// </summary>
internal sealed class MongoExpiredFiles(MongoConnection connection)
{
    private const int MaxAttempts = 3;

    // No user has that id.
    private const string Readiness = ".readiness";

    private readonly MongoRecords _records = connection.GetRecords(
        "expired_files",
        FileStoreException.DatabaseFailed,
        MongoFileIndexes.OfExpired
    );

    public Task<bool> ContainsAsync(string userId, string fileId, CancellationToken cancellationToken) =>
        _records.UseAsync(
            expired => expired.Find(new BsonDocument { [Field.FileId] = fileId, [Field.UserId] = userId }).AnyAsync(cancellationToken),
            cancellationToken
        );

    /// <summary>Writes a record that belongs to no file, or writes it again; throws when that is not possible.</summary>
    public Task CheckAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        _records.UseAsync(
            async expired =>
            {
                var probe = new BsonDocument { [Field.UserId] = Readiness, [Field.ExpiresAt] = MongoFileDocument.Date(now) };
                try
                {
                    return await expired.UpdateOneAsync(
                        new BsonDocument(Field.FileId, Readiness),
                        new BsonDocument("$set", probe),
                        new UpdateOptions { IsUpsert = true },
                        cancellationToken
                    );
                }
                catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
                {
                    // Another file store has just written it.
                    return null;
                }
            },
            cancellationToken
        );

    /// <summary>
    /// Adds files, one at least. Those that are there already are left alone, so that several callers may add the same file.
    /// </summary>
    public Task AddAsync(IReadOnlyCollection<StoredFile> files, CancellationToken cancellationToken)
    {
        var writes = files.Select(ToUpsert).ToList();
        return _records.UseAsync(
            async expired =>
            {
                for (var attempt = 1; ; attempt++)
                {
                    try
                    {
                        return await expired.BulkWriteAsync(writes, new BulkWriteOptions { IsOrdered = false }, cancellationToken);
                    }
                    catch (MongoBulkWriteException exception)
                        when (attempt < MaxAttempts
                            && exception.WriteErrors.Any(error => error.Category == ServerErrorCategory.DuplicateKey)
                        )
                    {
                        // Another caller has just added one of them. The next attempt finds it.
                    }
                }
            },
            cancellationToken
        );
    }

    /// <summary>Removes those that expired before that moment.</summary>
    public Task RemoveAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        _records.UseAsync(
            expired =>
                expired.DeleteManyAsync(
                    new BsonDocument(Field.ExpiresAt, new BsonDocument("$lt", MongoFileDocument.Date(before))),
                    cancellationToken
                ),
            cancellationToken
        );

    /// <summary>Removes those of one owner.</summary>
    public Task RemoveAsync(string userId, CancellationToken cancellationToken) =>
        _records.UseAsync(expired => expired.DeleteManyAsync(new BsonDocument(Field.UserId, userId), cancellationToken), cancellationToken);

    private static UpdateOneModel<BsonDocument> ToUpsert(StoredFile file) =>
        new(
            new BsonDocument(Field.FileId, file.FileId),
            new BsonDocument(
                "$setOnInsert",
                new BsonDocument { [Field.UserId] = file.UserId, [Field.ExpiresAt] = MongoFileDocument.Date(file.ExpiresAt) }
            )
        )
        {
            IsUpsert = true,
        };
}
