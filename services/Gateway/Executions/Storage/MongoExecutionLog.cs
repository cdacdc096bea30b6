using System.Text.Json;
using CodeInterpreter.Gateway.Databases;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.ServiceDefaults.Databases;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CodeInterpreter.Gateway.Executions.Storage;

/// <summary>The log of live executions in the MongoDB collection <c>execution_log</c>.</summary>
internal sealed class MongoExecutionLog(MongoConnection connection) : IExecutionLog
{
    private const string Key = "_id";
    private const string ExecutionId = "execution_id";
    private const string Sequence = "sequence";
    private const string UserId = "user_id";
    private const string AddedAt = "added_at";
    private const string Entry = "entry";

    private readonly MongoRecords _records = connection.GetRecords(
        "execution_log",
        DatabaseErrors.Unavailable,
        new CreateIndexModel<BsonDocument>(new BsonDocument { [ExecutionId] = 1, [Sequence] = 1 }),
        new CreateIndexModel<BsonDocument>(new BsonDocument(AddedAt, 1)),
        new CreateIndexModel<BsonDocument>(new BsonDocument(UserId, 1))
    );

    public Task AppendAsync(LogEntry entry, DateTimeOffset now, CancellationToken cancellationToken) =>
        UseAsync(
            async log =>
            {
                var document = new BsonDocument
                {
                    [Key] = $"{entry.ExecutionId}/{entry.Sequence}",
                    [ExecutionId] = entry.ExecutionId,
                    [Sequence] = entry.Sequence,
                    [UserId] = entry.UserId,
                    [AddedAt] = MongoDate.Of(now),
                    [Entry] = JsonSerializer.Serialize(entry, ResultJson.Compact.LogEntry),
                };
                try
                {
                    await log.InsertOneAsync(document, options: null, cancellationToken);
                }
                catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
                {
                    // The entry arrived before.
                }

                return true;
            },
            cancellationToken
        );

    public Task<IReadOnlyList<LogEntry>> ReadAsync(
        string userId,
        string executionId,
        long after,
        int count,
        CancellationToken cancellationToken
    ) =>
        UseAsync<IReadOnlyList<LogEntry>>(
            async log =>
            {
                var filter = new BsonDocument
                {
                    [ExecutionId] = executionId,
                    [UserId] = userId,
                    [Sequence] = new BsonDocument("$gt", after),
                };
                var found = log.Find(filter).Sort(new BsonDocument(Sequence, 1)).Limit(count);
                return [.. (await found.ToListAsync(cancellationToken)).Select(Read)];
            },
            cancellationToken
        );

    public Task DeleteAsync(string userId, string executionId, CancellationToken cancellationToken) =>
        UseAsync(
            log => log.DeleteManyAsync(new BsonDocument { [ExecutionId] = executionId, [UserId] = userId }, cancellationToken),
            cancellationToken
        );

    public Task DeleteAsync(string userId, CancellationToken cancellationToken) =>
        UseAsync(log => log.DeleteManyAsync(new BsonDocument(UserId, userId), cancellationToken), cancellationToken);

    public Task DeleteBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) =>
        UseAsync(
            log => log.DeleteManyAsync(new BsonDocument(AddedAt, new BsonDocument("$lt", MongoDate.Of(moment))), cancellationToken),
            cancellationToken
        );

    private static LogEntry Read(BsonDocument document) =>
        JsonSerializer.Deserialize(document[Entry].AsString, ResultJson.Compact.LogEntry)!;

    private Task<T> UseAsync<T>(Func<IMongoCollection<BsonDocument>, Task<T>> use, CancellationToken cancellationToken) =>
        _records.UseAsync(use, cancellationToken);
}
