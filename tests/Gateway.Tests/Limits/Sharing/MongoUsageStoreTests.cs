using CodeInterpreter.Gateway.Limits.Sharing;
using CodeInterpreter.MongoDatabases;
using CodeInterpreter.ServiceDefaults.Databases;

namespace CodeInterpreter.Gateway.Tests.Limits.Sharing;

public sealed class MongoUsageStoreTests(MongoFixture mongo) : UsageStoreContract, IAsyncLifetime
{
    private MongoTestDatabase _database = null!;
    private MongoConnection _connection = null!;
    private MongoUsageStore _store = null!;

    private protected override IUsageStore Store => _store;

    public async ValueTask InitializeAsync()
    {
        _database = new MongoTestDatabase(await mongo.ServerAsync());
        _connection = _database.Connect();
        _store = new MongoUsageStore(_connection);
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _database.DisposeAsync();
    }
}
