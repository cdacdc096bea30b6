using CodeInterpreter.Gateway.Databases;
using CodeInterpreter.Gateway.Executions.Records;
using MongoDB.Bson;
using MongoDB.Driver;
using Field = CodeInterpreter.Gateway.Executions.Storage.MongoExecutionFields;

namespace CodeInterpreter.Gateway.Executions.Storage;

/// <summary>The insertion of one execution into <c>executions</c>, alone or with others that are accepted at the same time.</summary>
internal sealed class MongoExecutionAddition(IMongoCollection<BsonDocument> executions, ExecutionRecord execution, ResultReads reads)
{
    // An attempt fails only if another request with the same key is withdrawn in that moment.
    private const int MaxAttempts = 5;

    // It was inserted together with others, and that failed for at least one of them.
    private bool _mayBeThere;

    private ExecutionRecord? _other;

    /// <summary>The inserted execution, or the user's other one that has its idempotency key.</summary>
    public ExecutionRecord Kept => _other ?? execution;

    private IMongoCollection<BsonDocument> Collection => executions;

    private ExecutionRecord Execution => execution;

    public static Task InsertAsync(IReadOnlyList<MongoExecutionAddition> additions)
    {
        foreach (var addition in additions)
            addition._mayBeThere = true;
        return additions[0]
            .Collection.InsertManyAsync(
                additions.Select(addition => MongoExecutionDocument.From(addition.Execution)),
                new InsertManyOptions { IsOrdered = false }
            );
    }

    public async Task InsertAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await executions.InsertOneAsync(MongoExecutionDocument.From(execution));
                return;
            }
            catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
            {
                var own = new BsonDocument { [Field.ExecutionId] = execution.ExecutionId, [Field.UserId] = execution.UserId };
                if (_mayBeThere && await executions.Find(own).AnyAsync())
                    return;
                if (execution.IdempotencyKey is null)
                    throw;

                var sameKey = new BsonDocument(Field.IdempotencyKey, MongoExecutionDocument.KeyOf(execution));
                _other = await reads.ReadAsync(
                    async () =>
                        await executions.Find(sameKey).FirstOrDefaultAsync() is { } found ? MongoExecutionDocument.ToRecord(found) : null,
                    CancellationToken.None
                );
                if (_other is not null)
                    return;

                // The other one has just been withdrawn, so the key is free.
                if (attempt == MaxAttempts)
                    throw DatabaseErrors.Unavailable(exception, isFull: false);
            }
        }
    }
}
