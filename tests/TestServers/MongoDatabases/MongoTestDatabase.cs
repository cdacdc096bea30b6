using CodeInterpreter.ServiceDefaults.Databases;
using CodeInterpreter.TestServers;
using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CodeInterpreter.MongoDatabases;

/// <summary>A database of one test, gone after it.</summary>
public sealed class MongoTestDatabase(MongoServer server) : IAsyncDisposable
{
    private readonly MongoClient _client = new(server.ConnectionString);

    /// <summary>Its name.</summary>
    public string Name { get; } = MongoServer.NewDatabaseName();

    /// <summary>The settings of a service that uses it.</summary>
    public (string Option, string Value)[] Settings =>
        [("Database:Provider", "MongoDb"), ("Database:MongoDb", AddressOf(server)), ("Database:Name", Name)];

    /// <summary>The collection of that name, as an operator sees it.</summary>
    public IMongoCollection<BsonDocument> this[string collection] => _client.GetDatabase(Name).GetCollection<BsonDocument>(collection);

    /// <summary>
    /// With less patience: a test need not wait five seconds to see that the server is away. The driver looks for one that
    /// is back twice a second.
    /// </summary>
    public static string AddressOf(MongoServer server) =>
        server.ConnectionString + (server.ConnectionString.Contains('?') ? "&" : "/?") + "serverSelectionTimeoutMS=2000";

    /// <summary>The product's own way to a database of that name.</summary>
    public static MongoConnection ConnectTo(MongoServer server, string database) =>
        new(
            Options.Create(
                new DatabaseOptions
                {
                    Provider = DatabaseProvider.MongoDb,
                    MongoDb = AddressOf(server),
                    Name = database,
                }
            )
        );

    /// <summary>The product's own way to this database.</summary>
    public MongoConnection Connect() => ConnectTo(server, Name);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _client.DropDatabaseAsync(Name);
        _client.Dispose();
    }
}
