using System.Text.Json;
using CodeInterpreter.ServiceDefaults.Databases;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CodeInterpreter.Discord.Bot.Requests;

/// <summary>Requests in the MongoDB collection <c>discord_requests</c>, for any number of replicas.</summary>
internal sealed class MongoRequestStore(MongoConnection connection) : IRequestStore
{
    private const string Key = "_id";
    private const string UserId = "user_id";
    private const string ReceivedAt = "received_at";
    private const string Code = "code";
    private const string ExecutionId = "execution_id";
    private const string Answer = "answer";
    private const string AnswerUntil = "answer_until";
    private const string BusyUser = "busy_user";
    private const string LeaseOwner = "lease_owner";
    private const string LeaseUntil = "lease_until";

    private static readonly BsonDocument Forget = new(
        "$unset",
        new BsonDocument(Fields(Answer, AnswerUntil, BusyUser, LeaseOwner, LeaseUntil))
    );

    // busy_user is the user of a pending answer, so that there is one at a time.
    private readonly MongoRecords _records = connection.GetRecords(
        "discord_requests",
        StoreUnavailableException.Of,
        new CreateIndexModel<BsonDocument>(new BsonDocument(BusyUser, 1), new CreateIndexOptions { Unique = true, Sparse = true }),
        new CreateIndexModel<BsonDocument>(new BsonDocument(ReceivedAt, 1)),
        new CreateIndexModel<BsonDocument>(new BsonDocument(UserId, 1)),
        new CreateIndexModel<BsonDocument>(new BsonDocument(LeaseUntil, 1))
    );

    public Task<Addition> AddAsync(StoredRequest request, Lease lease, DateTimeOffset now, CancellationToken cancellationToken) =>
        UseAsync(
            async requests =>
            {
                await requests.UpdateManyAsync(
                    new BsonDocument
                    {
                        [BusyUser] = request.UserId,
                        [AnswerUntil] = new BsonDocument("$lte", Date(now)),
                        [Key] = new BsonDocument("$ne", request.Id),
                    },
                    Forget,
                    cancellationToken: cancellationToken
                );
                try
                {
                    await requests.InsertOneAsync(ToDocument(request, lease), options: null, cancellationToken);
                    return Addition.Added;
                }
                catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
                {
                    return await requests.CountDocumentsAsync(ById(request.Id), cancellationToken: cancellationToken) > 0
                        ? Addition.Known
                        : Addition.UserBusy;
                }
            },
            cancellationToken
        );

    public async Task<StoredRequest?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var document = await UseAsync(requests => requests.Find(ById(id)).FirstOrDefaultAsync(cancellationToken), cancellationToken);
        return document is null ? null : ToRequest(document);
    }

    public async Task<bool> UpdateAsync(StoredRequest request, string owner, CancellationToken cancellationToken)
    {
        var set = new BsonDocument { [Code] = Json(request.Code) };
        if (request.ExecutionId is { } execution)
            set[ExecutionId] = execution;
        if (request.Answer is { } answer)
            set[Answer] = Json(answer);
        var updated = await UseAsync(
            requests =>
                requests.UpdateOneAsync(
                    new BsonDocument { [Key] = request.Id, [LeaseOwner] = owner },
                    new BsonDocument("$set", set),
                    cancellationToken: cancellationToken
                ),
            cancellationToken
        );
        return updated.MatchedCount > 0;
    }

    public Task FinishAsync(string id, string owner, CancellationToken cancellationToken) =>
        UseAsync(
            requests =>
                requests.UpdateOneAsync(
                    new BsonDocument { [Key] = id, [LeaseOwner] = owner },
                    Forget,
                    cancellationToken: cancellationToken
                ),
            cancellationToken
        );

    public async Task<IReadOnlyList<StoredRequest>> TakeOverAsync(Lease lease, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var expired = new BsonDocument
        {
            [LeaseUntil] = new BsonDocument("$lte", Date(now)),
            [AnswerUntil] = new BsonDocument("$gt", Date(now)),
        };
        var take = new BsonDocument("$set", new BsonDocument { [LeaseOwner] = lease.Owner, [LeaseUntil] = Date(lease.Until) });
        var taken = new List<StoredRequest>();
        // One by one: each is given to one replica, even if others ask at the same time.
        while (await UseAsync(requests => TakeAsync(requests, expired, take, cancellationToken), cancellationToken) is { } document)
            taken.Add(ToRequest(document));
        return taken;
    }

    public Task RenewAsync(IReadOnlyCollection<string> ids, Lease lease, CancellationToken cancellationToken) =>
        UseAsync(
            requests =>
                requests.UpdateManyAsync(
                    new BsonDocument { [Key] = new BsonDocument("$in", new BsonArray(ids)), [LeaseOwner] = lease.Owner },
                    new BsonDocument("$set", new BsonDocument(LeaseUntil, Date(lease.Until))),
                    cancellationToken: cancellationToken
                ),
            cancellationToken
        );

    public Task DeleteOfUserAsync(string userId, CancellationToken cancellationToken) =>
        UseAsync(
            requests =>
                requests.DeleteManyAsync(
                    new BsonDocument { [UserId] = userId, [Answer] = new BsonDocument("$exists", false) },
                    cancellationToken
                ),
            cancellationToken
        );

    public Task SweepAsync(DateTimeOffset receivedBefore, DateTimeOffset now, CancellationToken cancellationToken) =>
        UseAsync(
            async requests =>
            {
                await requests.DeleteManyAsync(
                    new BsonDocument(ReceivedAt, new BsonDocument("$lt", Date(receivedBefore))),
                    cancellationToken
                );
                return await requests.UpdateManyAsync(
                    new BsonDocument(AnswerUntil, new BsonDocument("$lte", Date(now))),
                    Forget,
                    cancellationToken: cancellationToken
                );
            },
            cancellationToken
        );

    private Task<T> UseAsync<T>(Func<IMongoCollection<BsonDocument>, Task<T>> use, CancellationToken cancellationToken) =>
        _records.UseAsync(use, cancellationToken);

    private static async Task<BsonDocument?> TakeAsync(
        IMongoCollection<BsonDocument> requests,
        BsonDocument expired,
        BsonDocument take,
        CancellationToken cancellationToken
    ) =>
        await requests.FindOneAndUpdateAsync<BsonDocument>(
            expired,
            take,
            new FindOneAndUpdateOptions<BsonDocument> { ReturnDocument = ReturnDocument.After },
            cancellationToken
        );

    private static BsonDocument ToDocument(StoredRequest request, Lease lease)
    {
        var document = new BsonDocument
        {
            [Key] = request.Id,
            [UserId] = request.UserId,
            [ReceivedAt] = Date(request.ReceivedAt),
            [Code] = Json(request.Code),
        };
        if (request.ExecutionId is { } execution)
            document[ExecutionId] = execution;
        if (request.Answer is not { } answer)
            return document;
        document[Answer] = Json(answer);
        document[AnswerUntil] = Date(answer.ExpiresAt);
        document[BusyUser] = request.UserId;
        document[LeaseOwner] = lease.Owner;
        document[LeaseUntil] = Date(lease.Until);
        return document;
    }

    private static StoredRequest ToRequest(BsonDocument document) =>
        new()
        {
            Id = document[Key].AsString,
            UserId = document[UserId].AsString,
            ReceivedAt = document[ReceivedAt].ToUniversalTime(),
            Code = JsonSerializer.Deserialize(document[Code].AsString, RequestJson.Default.RequestedCode)!,
            ExecutionId = document.GetValue(ExecutionId, BsonNull.Value) is BsonString execution ? execution.AsString : null,
            Answer = document.GetValue(Answer, BsonNull.Value) is BsonString answer
                ? JsonSerializer.Deserialize(answer.AsString, RequestJson.Default.PendingAnswer)
                : null,
        };

    private static string Json(RequestedCode code) => JsonSerializer.Serialize(code, RequestJson.Default.RequestedCode);

    private static string Json(PendingAnswer answer) => JsonSerializer.Serialize(answer, RequestJson.Default.PendingAnswer);

    private static BsonDocument ById(string id) => new(Key, id);

    private static BsonDateTime Date(DateTimeOffset moment) => new(moment.ToUnixTimeMilliseconds());

    private static Dictionary<string, object> Fields(params IEnumerable<string> names) => names.ToDictionary(name => name, _ => (object)"");
}
