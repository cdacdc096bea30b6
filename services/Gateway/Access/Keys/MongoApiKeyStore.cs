using CodeInterpreter.Gateway.Databases;
using CodeInterpreter.ServiceDefaults.Databases;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CodeInterpreter.Gateway.Access.Keys;

/// <summary>API keys in the MongoDB collection <c>api_keys</c>, shared by all gateways.</summary>
internal sealed class MongoApiKeyStore(MongoConnection connection) : IApiKeyStore
{
    private const string KeyId = "_id";
    private const string Name = "name";
    private const string UserId = "user_id";
    private const string Hash = "hash";
    private const string CreatedAt = "created_at";
    private const string ExpiresAt = "expires_at";
    private const string RevokedAt = "revoked_at";

    private static readonly BsonDocument OldestFirst = new() { [CreatedAt] = 1, [KeyId] = 1 };

    private readonly MongoRecords _records = connection.GetRecords(
        "api_keys",
        DatabaseErrors.Unavailable,
        new CreateIndexModel<BsonDocument>(OldestFirst)
    );

    public Task AddAsync(ApiKey key, CancellationToken cancellationToken) =>
        UseAsync(
            async keys =>
            {
                var document = new BsonDocument
                {
                    [KeyId] = key.KeyId,
                    [Name] = key.Name,
                    [UserId] = key.UserId is null ? BsonNull.Value : key.UserId,
                    [Hash] = key.Hash,
                    [CreatedAt] = Date(key.CreatedAt),
                    [ExpiresAt] = key.ExpiresAt is { } end ? Date(end) : BsonNull.Value,
                    [RevokedAt] = key.RevokedAt is { } moment ? Date(moment) : BsonNull.Value,
                };
                await keys.InsertOneAsync(document, options: null, cancellationToken);
                return true;
            },
            cancellationToken
        );

    public Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken) =>
        UseAsync<IReadOnlyList<ApiKey>>(
            async keys => [.. (await keys.Find(new BsonDocument()).Sort(OldestFirst).ToListAsync(cancellationToken)).Select(Read)],
            cancellationToken
        );

    public Task<bool> RevokeAsync(string keyId, DateTimeOffset now, CancellationToken cancellationToken) =>
        UseAsync(
            async keys =>
            {
                var valid = new BsonDocument { [KeyId] = keyId, [RevokedAt] = BsonNull.Value };
                var change = new BsonDocument("$set", new BsonDocument(RevokedAt, Date(now)));
                await keys.UpdateOneAsync(valid, change, options: null, cancellationToken);
                return await keys.Find(new BsonDocument(KeyId, keyId)).AnyAsync(cancellationToken);
            },
            cancellationToken
        );

    private static BsonDateTime Date(DateTimeOffset moment) => new(moment.ToUnixTimeMilliseconds());

    private static ApiKey Read(BsonDocument document) =>
        new()
        {
            KeyId = document[KeyId].AsString,
            Name = document[Name].AsString,
            UserId = document[UserId].IsBsonNull ? null : document[UserId].AsString,
            Hash = document[Hash].AsString,
            CreatedAt = document[CreatedAt].ToUniversalTime(),
            // Keys of earlier versions do not have the field.
            ExpiresAt = document.GetValue(ExpiresAt, BsonNull.Value) is BsonDateTime end ? end.ToUniversalTime() : null,
            RevokedAt = document[RevokedAt].IsBsonNull ? null : document[RevokedAt].ToUniversalTime(),
        };

    private Task<T> UseAsync<T>(Func<IMongoCollection<BsonDocument>, Task<T>> use, CancellationToken cancellationToken) =>
        _records.UseAsync(use, cancellationToken);
}
