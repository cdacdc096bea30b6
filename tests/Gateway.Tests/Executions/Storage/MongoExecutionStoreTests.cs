using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Storage;
using CodeInterpreter.MongoDatabases;
using CodeInterpreter.ServiceDefaults.Databases;
using CodeInterpreter.TestServers;
using MongoDB.Bson;
using MongoDB.Driver;

[assembly: AssemblyFixture(typeof(MongoFixture))]

namespace CodeInterpreter.Gateway.Tests.Executions.Storage;

public sealed class MongoExecutionStoreTests(MongoFixture mongo) : ExecutionStoreContract, IAsyncLifetime
{
    private static readonly ExecutionRecord Accepted = new()
    {
        ExecutionId = "a",
        UserId = "u",
        AcceptedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero),
    };

    private MongoTestDatabase _database = null!;
    private MongoConnection _connection = null!;
    private MongoExecutionStore _store = null!;

    private protected override IExecutionStore Store => _store;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = new MongoTestDatabase(await mongo.ServerAsync());
        _connection = _database.Connect();
        _store = new MongoExecutionStore(_connection);
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Document_OfAFinishedExecution_IsReadableByAnOperator()
    {
        await _store.AddAsync(Accepted, Token);
        await _store.MarkFinishedAsync(Finished(Results.Full), judgedAt: null, Token);

        var document = await _database["executions"].Find(new BsonDocument("result.outcome", "TimedOut")).SingleAsync(Token);

        document["_id"].ShouldBe("a");
        document["user_id"].ShouldBe("u");
        document["accepted_at"].BsonType.ShouldBe(BsonType.DateTime);
        document["finished_at"].BsonType.ShouldBe(BsonType.DateTime);
        var result = document["result"].AsBsonDocument;
        result["killed_by"].ShouldBe("WallTime");
        result["output"]["total_bytes"].ShouldBe(11L);
        result["generated_files"][0]["mime_type"].ShouldBe("image/png");
        result["generated_files"][0]["expires_at"].ToUniversalTime().ShouldBe(Results.ExpiresAt.UtcDateTime);
    }

    [Fact]
    public async Task Find_ResultOfANewerGateway_IsRead()
    {
        await _store.AddAsync(Accepted, Token);
        await _store.MarkFinishedAsync(Finished(Results.Full), judgedAt: null, Token);
        await _database["executions"]
            .UpdateOneAsync(
                new BsonDocument("_id", "a"),
                new BsonDocument(
                    "$set",
                    new BsonDocument
                    {
                        ["result.new"] = 1,
                        ["result.output.new"] = 1,
                        ["new"] = 1,
                    }
                ),
                options: null,
                Token
            );

        (await _store.FindAsync("u", "a", Token)).ShouldNotBeNull().Result.ShouldNotBeNull().Output.ShouldBe(Results.Full.Output);
    }

    [Fact]
    public async Task Collection_HasAnIndexForEachQuery()
    {
        await _store.CheckAsync(Token);

        var indexes = await (await _database["executions"].Indexes.ListAsync(Token)).ToListAsync(Token);

        indexes
            .Select(index => index["key"].AsBsonDocument.ToJson())
            .ShouldBe(
                [
                    """{ "_id" : 1 }""",
                    """{ "accepted_at" : 1 }""",
                    """{ "user_id" : 1, "accepted_at" : -1, "_id" : -1 }""",
                    """{ "user_id" : 1, "bytes" : 1 }""",
                    """{ "user_id" : 1, "finished_at" : 1 }""",
                    """{ "caller_id" : 1, "finished_at" : 1 }""",
                    """{ "idempotency_key" : 1 }""",
                ],
                ignoreOrder: true
            );
    }

    [Fact]
    public async Task Index_OfAnEarlierVersion_IsReplaced()
    {
        await _database["executions"]
            .Indexes.CreateOneAsync(
                new CreateIndexModel<BsonDocument>(new BsonDocument("idempotency_key", 1), new CreateIndexOptions { Unique = true }),
                options: null,
                Token
            );

        // Without keys, of which that index would take one.
        await _store.AddAsync(Accepted, Token);
        await _store.AddAsync(Accepted with { ExecutionId = "b" }, Token);

        var indexes = await (await _database["executions"].Indexes.ListAsync(Token)).ToListAsync(Token);
        var index = indexes.Single(index => index["key"].AsBsonDocument.Contains("idempotency_key"));
        (index.GetValue("unique", false).ToBoolean(), index.GetValue("sparse", false).ToBoolean()).ShouldBe((true, true));
    }

    [Fact]
    public async Task AnyCall_ServerUnavailableAtFirst_IsUnavailableUntilItStarts()
    {
        await using var server = await MongoServer.LaunchAsync(Token);
        Assert.SkipUnless(server.IsOwned, "The server is not ours to stop.");
        await server.StopAsync(Token);
        using var connection = MongoTestDatabase.ConnectTo(server, MongoServer.NewDatabaseName());
        var store = new MongoExecutionStore(connection);
        await ShouldBeUnavailableAsync(store);

        await server.StartAsync(Token);
        await store.AddAsync(Accepted, Token);
        await server.KillAsync(Token);
        await ShouldBeUnavailableAsync(store);
        await server.StartAsync(Token);

        (await store.FindAsync("u", "a", Token)).ShouldBe(Accepted);
        await store.MarkFinishedAsync(Finished(Results.Full), judgedAt: null, Token);
    }

    private static ExecutionFinished Finished(ExecutionResult result) =>
        new()
        {
            ExecutionId = "a",
            UserId = "u",
            RunnerId = "r",
            FinishedAt = Accepted.AcceptedAt.AddSeconds(1),
            Result = result,
        };

    private static async Task ShouldBeUnavailableAsync(MongoExecutionStore store)
    {
        var started = new ExecutionStarted
        {
            ExecutionId = "a",
            UserId = "u",
            RunnerId = "r",
            StartedAt = Accepted.AcceptedAt,
        };
        Func<Task>[] operations =
        [
            () => store.CheckAsync(Token),
            () => store.AddAsync(Accepted, Token),
            () => store.RemoveQueuedAsync(Accepted, Token),
            () => store.MarkStartedAsync(started, Token),
            () => store.MarkFinishedAsync(Finished(Results.Full), judgedAt: null, Token),
            () => store.FindAsync("u", "a", Token),
            () => store.DeleteAcceptedBeforeAsync(Accepted.AcceptedAt, Token),
        ];
        var failures = await Task.WhenAll(operations.Select(operation => Should.ThrowAsync<GatewayException>(operation)));
        failures.ShouldAllBe(failure => failure.Kind == GatewayErrorKind.Unavailable);
    }
}
