using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Storage;
using CodeInterpreter.MongoDatabases;
using CodeInterpreter.ServiceDefaults.Databases;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CodeInterpreter.Gateway.Tests.Executions.Storage;

public sealed class MongoExecutionLogTests(MongoFixture mongo) : ExecutionLogContract, IAsyncLifetime
{
    private MongoTestDatabase _database = null!;
    private MongoConnection _connection = null!;
    private MongoExecutionLog _log = null!;

    private protected override IExecutionLog Log => _log;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = new MongoTestDatabase(await mongo.ServerAsync());
        _connection = _database.Connect();
        _log = new MongoExecutionLog(_connection);
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Collection_HasAnIndexForEachQuery()
    {
        await _log.DeleteAsync("u", Token);

        var indexes = await (await _database["execution_log"].Indexes.ListAsync(Token)).ToListAsync(Token);

        indexes
            .Select(index => index["key"].AsBsonDocument.ToJson())
            .ShouldBe(
                ["""{ "_id" : 1 }""", """{ "execution_id" : 1, "sequence" : 1 }""", """{ "added_at" : 1 }""", """{ "user_id" : 1 }"""],
                ignoreOrder: true
            );
    }
}
