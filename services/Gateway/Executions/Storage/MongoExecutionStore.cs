using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Databases;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.ServiceDefaults.Databases;
using MongoDB.Bson;
using MongoDB.Driver;
using Field = CodeInterpreter.Gateway.Executions.Storage.MongoExecutionFields;

namespace CodeInterpreter.Gateway.Executions.Storage;

/// <summary>
/// Stores executions in the MongoDB collection <c>executions</c>, which any number of gateways share. A time is only written if there is
/// none, so an execution only moves forward.
/// </summary>
internal sealed class MongoExecutionStore(MongoConnection connection) : IExecutionStore, IDisposable
{
    // A read over the network takes longer than from a file.
    private readonly ResultReads _reads = new(atATime: 4);

    private readonly MongoRecords _records = connection.GetRecords(
        "executions",
        DatabaseErrors.Unavailable,
        new CreateIndexModel<BsonDocument>(new BsonDocument(Field.AcceptedAt, 1)),
        new CreateIndexModel<BsonDocument>(new BsonDocument(Field.UserId, 1).AddRange(NewestFirst)),
        new CreateIndexModel<BsonDocument>(OfBudget),
        new CreateIndexModel<BsonDocument>(new BsonDocument { [Field.UserId] = 1, [Field.FinishedAt] = 1 }),
        new CreateIndexModel<BsonDocument>(new BsonDocument { [Field.CallerId] = 1, [Field.FinishedAt] = 1 }),
        new CreateIndexModel<BsonDocument>(
            new BsonDocument(Field.IdempotencyKey, 1),
            new CreateIndexOptions { Unique = true, Sparse = true }
        )
    );

    private readonly Coalescer<MongoExecutionAddition> _additions = new(
        MongoOutage.IsForAll,
        new CoalescedStep<MongoExecutionAddition>(addition => addition.InsertAsync(), MongoExecutionAddition.InsertAsync)
    );

    private static BsonDocument OfBudget => new() { [Field.UserId] = 1, [Field.Bytes] = 1 };

    private static BsonDocument NewestFirst => new() { [Field.AcceptedAt] = -1, [Field.ExecutionId] = -1 };

    private static BsonDocument OldestFirst => new() { [Field.AcceptedAt] = 1, [Field.ExecutionId] = 1 };

    public Task<ExecutionRecord> AddAsync(ExecutionRecord execution, CancellationToken cancellationToken) =>
        UseAsync(
            async executions =>
            {
                var addition = new MongoExecutionAddition(executions, execution, _reads);
                await _additions.RunAsync(addition);
                return addition.Kept;
            },
            cancellationToken
        );

    public Task RemoveQueuedAsync(ExecutionRecord execution, CancellationToken cancellationToken) =>
        UseAsync(
            executions =>
            {
                var queued = ById(execution.UserId, execution.ExecutionId)
                    .Add(Field.StartedAt, BsonNull.Value)
                    .Add(Field.FinishedAt, BsonNull.Value);
                return executions.DeleteOneAsync(queued, cancellationToken);
            },
            cancellationToken
        );

    public Task<bool> MarkStartedAsync(ExecutionStarted started, CancellationToken cancellationToken) =>
        UseAsync(
            async executions =>
            {
                var execution = ById(started.UserId, started.ExecutionId);
                var change = new BsonDocument("$min", new BsonDocument(Field.StartedAt, MongoDate.Of(started.StartedAt)));
                if (started.InputAddress is { } address)
                {
                    change["$set"] = new BsonDocument(Field.InputAddress, address.ToString());
                }

                var options = new FindOneAndUpdateOptions<BsonDocument> { Projection = new BsonDocument(Field.FinishedAt, 1) };
                var found = await executions.FindOneAndUpdateAsync(execution, change, options, cancellationToken);
                return found?.Contains(Field.FinishedAt) == false;
            },
            cancellationToken
        );

    public Task MarkFinishedAsync(ExecutionFinished finished, DateTimeOffset? judgedAt, CancellationToken cancellationToken) =>
        UseAsync(
            executions =>
            {
                var change = new BsonDocument(
                    "$set",
                    new BsonDocument
                    {
                        [Field.FinishedAt] = MongoDate.Of(finished.FinishedAt),
                        [Field.Result] = MongoResult.From(finished.Result),
                        [Field.LastSequence] = finished.Sequence,
                        [Field.Bytes] = ResultSize.Of(finished),
                    }
                );
                if (finished.Result.StartedAt is { } startedAt)
                {
                    change["$min"] = new BsonDocument(Field.StartedAt, MongoDate.Of(startedAt));
                }

                var unfinished = ById(finished.UserId, finished.ExecutionId).Add(Field.FinishedAt, BsonNull.Value);
                if (judgedAt is { } moment)
                {
                    // Executions of an older gateway do not have the field.
                    unfinished[Field.LostAt] = new BsonDocument("$not", new BsonDocument("$lte", MongoDate.Of(moment)));
                }

                return executions.UpdateOneAsync(unfinished, change, options: null, cancellationToken);
            },
            cancellationToken
        );

    public Task<ExecutionRecord?> FindAsync(string userId, string executionId, CancellationToken cancellationToken) =>
        UseAsync(
            executions =>
                _reads.ReadAsync(
                    async () =>
                    {
                        var document = await executions.Find(ById(userId, executionId)).FirstOrDefaultAsync(cancellationToken);
                        return document is null ? null : MongoExecutionDocument.ToRecord(document);
                    },
                    cancellationToken
                ),
            cancellationToken
        );

    public void Dispose() => _reads.Dispose();

    public Task<ExecutionUsage> MeasureAsync(string userId, CancellationToken cancellationToken) =>
        UseAsync(
            async executions =>
            {
                var sums = new BsonDocument
                {
                    ["_id"] = BsonNull.Value,
                    ["executions"] = new BsonDocument("$sum", 1),
                    ["bytes"] = new BsonDocument("$sum", "$" + Field.Bytes),
                };
                var measured = await executions
                    .Aggregate(new AggregateOptions { Hint = OfBudget })
                    .Match(new BsonDocument(Field.UserId, userId))
                    .Group(sums)
                    .FirstOrDefaultAsync(cancellationToken);
                return measured is null
                    ? new ExecutionUsage(0, 0)
                    : new ExecutionUsage(measured["executions"].ToInt64(), measured["bytes"].ToInt64());
            },
            cancellationToken
        );

    public Task<bool> RemoveFinishedAsync(string userId, string executionId, CancellationToken cancellationToken) =>
        UseAsync(
            async executions =>
            {
                var finished = ById(userId, executionId).Add(Field.FinishedAt, new BsonDocument("$ne", BsonNull.Value));
                return (await executions.DeleteOneAsync(finished, cancellationToken)).DeletedCount == 1;
            },
            cancellationToken
        );

    public Task<long> RemoveFinishedAsync(string userId, CancellationToken cancellationToken) =>
        UseAsync(
            async executions =>
            {
                var finished = new BsonDocument { [Field.UserId] = userId, [Field.FinishedAt] = new BsonDocument("$ne", BsonNull.Value) };
                return (await executions.DeleteManyAsync(finished, cancellationToken)).DeletedCount;
            },
            cancellationToken
        );

    public Task<IReadOnlyList<ExecutionRecord>> ListAsync(
        string userId,
        ExecutionPosition? after,
        int count,
        CancellationToken cancellationToken
    ) =>
        UseAsync<IReadOnlyList<ExecutionRecord>>(
            async executions =>
            {
                var found = executions
                    .Find(OfUser(userId, after))
                    .Project(new BsonDocument(Field.Result, 0))
                    .Sort(NewestFirst)
                    .Limit(count);
                return [.. (await found.ToListAsync(cancellationToken)).Select(MongoExecutionDocument.ToRecord)];
            },
            cancellationToken
        );

    public Task<int> CountQueuedAsync(string userId, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken) =>
        UseAsync(
            async executions =>
            {
                var queued = AcceptedBetween(from, before)
                    .Add(Field.UserId, userId)
                    .Add(Field.StartedAt, BsonNull.Value)
                    .Add(Field.FinishedAt, BsonNull.Value);
                return (int)await executions.CountDocumentsAsync(queued, options: null, cancellationToken);
            },
            cancellationToken
        );

    public Task<int> CountActiveOfUserAsync(string userId, DateTimeOffset acceptedAt, CancellationToken cancellationToken) =>
        CountActiveAsync(Field.UserId, userId, acceptedAt, cancellationToken);

    public Task<int> CountActiveOfCallerAsync(string callerId, DateTimeOffset acceptedAt, CancellationToken cancellationToken) =>
        CountActiveAsync(Field.CallerId, callerId, acceptedAt, cancellationToken);

    public Task<IReadOnlyList<ExecutionRecord>> ListUnfinishedAsync(
        ExecutionPosition after,
        DateTimeOffset before,
        int count,
        CancellationToken cancellationToken
    ) =>
        UseAsync<IReadOnlyList<ExecutionRecord>>(
            async executions =>
            {
                // The first bound is for the index, the alternative for executions of the same time.
                var unfinished = AcceptedBetween(after.AcceptedAt, before).Add(Field.FinishedAt, BsonNull.Value);
                unfinished["$or"] = new BsonArray
                {
                    new BsonDocument(Field.AcceptedAt, new BsonDocument("$gt", MongoDate.Of(after.AcceptedAt))),
                    new BsonDocument(Field.ExecutionId, new BsonDocument("$gt", after.ExecutionId)),
                };
                var found = executions.Find(unfinished).Sort(OldestFirst).Limit(count);
                return [.. (await found.ToListAsync(cancellationToken)).Select(MongoExecutionDocument.ToRecord)];
            },
            cancellationToken
        );

    public Task<int> DeleteAcceptedBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) =>
        UseAsync(
            async executions =>
            {
                var old = new BsonDocument(Field.AcceptedAt, new BsonDocument("$lt", MongoDate.Of(moment)));
                return (int)(await executions.DeleteManyAsync(old, cancellationToken)).DeletedCount;
            },
            cancellationToken
        );

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var probe = ReadinessProbe.Create();
        await AddAsync(probe, cancellationToken);
        await RemoveQueuedAsync(probe, CancellationToken.None);
    }

    // The first bound is for the index, the alternative for executions of the same time.
    private static BsonDocument OfUser(string userId, ExecutionPosition? after)
    {
        var filter = new BsonDocument(Field.UserId, userId);
        if (after is null)
        {
            return filter;
        }

        var moment = MongoDate.Of(after.AcceptedAt);
        filter[Field.AcceptedAt] = new BsonDocument("$lte", moment);
        filter["$or"] = new BsonArray
        {
            new BsonDocument(Field.AcceptedAt, new BsonDocument("$lt", moment)),
            new BsonDocument(Field.ExecutionId, new BsonDocument("$lt", after.ExecutionId)),
        };
        return filter;
    }

    private static BsonDocument AcceptedBetween(DateTimeOffset from, DateTimeOffset before) =>
        new(Field.AcceptedAt, new BsonDocument { ["$gte"] = MongoDate.Of(from), ["$lt"] = MongoDate.Of(before) });

    private Task<int> CountActiveAsync(string owner, string id, DateTimeOffset acceptedAt, CancellationToken cancellationToken) =>
        UseAsync(
            async executions =>
            {
                var moment = MongoDate.Of(acceptedAt);
                var active = new BsonDocument
                {
                    [owner] = id,
                    [Field.FinishedAt] = BsonNull.Value,
                    [Field.AcceptedAt] = new BsonDocument("$lte", moment),
                    [Field.Deadline] = new BsonDocument("$gt", moment),
                };
                return (int)await executions.CountDocumentsAsync(active, options: null, cancellationToken);
            },
            cancellationToken
        );

    private static BsonDocument ById(string userId, string executionId) =>
        new() { [Field.ExecutionId] = executionId, [Field.UserId] = userId };

    private Task<T> UseAsync<T>(Func<IMongoCollection<BsonDocument>, Task<T>> use, CancellationToken cancellationToken) =>
        _records.UseAsync(use, cancellationToken);
}
