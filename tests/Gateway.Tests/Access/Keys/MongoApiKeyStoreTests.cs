using CodeInterpreter.Gateway.Access.Keys;
using CodeInterpreter.MongoDatabases;
using CodeInterpreter.ServiceDefaults.Databases;

namespace CodeInterpreter.Gateway.Tests.Access.Keys;

public sealed class MongoApiKeyStoreTests(MongoFixture mongo) : ApiKeyStoreContract, IAsyncLifetime
{
    private MongoTestDatabase _database = null!;
    private MongoConnection _connection = null!;
    private MongoApiKeyStore _store = null!;

    private protected override IApiKeyStore Store => _store;

    public async ValueTask InitializeAsync()
    {
        _database = new MongoTestDatabase(await mongo.ServerAsync());
        _connection = _database.Connect();
        _store = new MongoApiKeyStore(_connection);
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _database.DisposeAsync();
    }
}
