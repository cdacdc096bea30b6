using MongoDB.Bson;
using MongoDB.Driver;

namespace CodeInterpreter.TestServers.Tests;

/// <summary>A database of its own for each test.</summary>
public abstract class MongoTests : IAsyncLifetime
{
    private readonly MongoClient _client;

    protected MongoTests(MongoFixture mongo)
    {
        _client = new MongoClient(mongo.Server.ConnectionString);
        Database = _client.GetDatabase(MongoServer.NewDatabaseName());
        Items = Database.GetCollection<BsonDocument>("items");
    }

    protected IMongoDatabase Database { get; }

    protected IMongoCollection<BsonDocument> Items { get; }

    protected static FilterDefinitionBuilder<BsonDocument> Where => Builders<BsonDocument>.Filter;

    protected static UpdateDefinitionBuilder<BsonDocument> Change => Builders<BsonDocument>.Update;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _client.DropDatabaseAsync(Database.DatabaseNamespace.DatabaseName, CancellationToken.None);
        _client.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static BsonDocument Item(int id) =>
        new()
        {
            { "_id", id },
            { "number", id },
            { "even", id % 2 == 0 },
        };

    protected Task InsertAsync(int count) => Items.InsertManyAsync(Enumerable.Range(1, count).Select(Item), null, Token);
}
