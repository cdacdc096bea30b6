using CodeInterpreter.Gateway.Databases;
using CodeInterpreter.ServiceDefaults.Databases;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CodeInterpreter.Gateway.Limits.Sharing;

/// <summary>Usage of the replicas in the MongoDB collection <c>gateway_usage</c>, one document each.</summary>
internal sealed class MongoUsageStore(MongoConnection connection) : IUsageStore
{
    private const string ReplicaId = "_id";
    private const string Sequence = "sequence";
    private const string StoredAt = "stored_at";
    private const string Calls = "calls";
    private const string Executions = "executions";
    private const string Owner = "owner";
    private const string Count = "count";

    private readonly MongoRecords _records = connection.GetRecords(
        "gateway_usage",
        DatabaseErrors.Unavailable,
        new CreateIndexModel<BsonDocument>(new BsonDocument(StoredAt, 1))
    );

    public Task<IReadOnlyList<ReplicaUsage>> ExchangeAsync(ReplicaUsage own, DateTimeOffset now, CancellationToken cancellationToken) =>
        _records.UseAsync<IReadOnlyList<ReplicaUsage>>(
            async usage =>
            {
                var document = new BsonDocument
                {
                    [ReplicaId] = own.ReplicaId,
                    [Sequence] = own.Sequence,
                    [StoredAt] = MongoDate.Of(now),
                    [Calls] = Write(own.Calls),
                    [Executions] = Write(own.Executions),
                };
                await usage.ReplaceOneAsync(
                    new BsonDocument(ReplicaId, own.ReplicaId),
                    document,
                    new ReplaceOptions { IsUpsert = true },
                    cancellationToken
                );
                var others = usage.Find(new BsonDocument(ReplicaId, new BsonDocument("$ne", own.ReplicaId)));
                return [.. (await others.ToListAsync(cancellationToken)).Select(Read)];
            },
            cancellationToken
        );

    public Task DeleteBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) =>
        _records.UseAsync(
            usage => usage.DeleteManyAsync(new BsonDocument(StoredAt, new BsonDocument("$lt", MongoDate.Of(moment))), cancellationToken),
            cancellationToken
        );

    public Task DeleteAsync(string replicaId, CancellationToken cancellationToken) =>
        _records.UseAsync(usage => usage.DeleteOneAsync(new BsonDocument(ReplicaId, replicaId), cancellationToken), cancellationToken);

    // Names of owners have characters that fields may not have.
    private static BsonArray Write(IReadOnlyDictionary<string, long> counts) =>
        [.. counts.Select(count => new BsonDocument { [Owner] = count.Key, [Count] = count.Value })];

    private static ReplicaUsage Read(BsonDocument document) =>
        new(document[ReplicaId].AsString, document[Sequence].ToInt64(), Read(document[Calls]), Read(document[Executions]));

    private static Dictionary<string, long> Read(BsonValue counts) =>
        counts.AsBsonArray.ToDictionary(count => count[Owner].AsString, count => count[Count].ToInt64());
}
