using CodeInterpreter.Discord.Bot.Requests;
using CodeInterpreter.MongoDatabases;
using CodeInterpreter.ServiceDefaults.Databases;

[assembly: AssemblyFixture(typeof(MongoFixture))]

namespace CodeInterpreter.Discord.Tests.Bot.Requests;

public sealed class MongoRequestStoreTests(MongoFixture mongo) : RequestStoreContract, IAsyncLifetime
{
    private MongoTestDatabase _database = null!;
    private MongoConnection _connection = null!;
    private MongoRequestStore _store = null!;

    private protected override IRequestStore Store => _store;

    public async ValueTask InitializeAsync()
    {
        _database = new MongoTestDatabase(await mongo.ServerAsync());
        _connection = _database.Connect();
        _store = new MongoRequestStore(_connection);
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _database.DisposeAsync();
    }
}
