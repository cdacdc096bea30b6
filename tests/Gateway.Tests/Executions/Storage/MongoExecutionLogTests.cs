using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Storage;
using CodeInterpreter.MongoDatabases;
using CodeInterpreter.ServiceDefaults.Databases;

namespace CodeInterpreter.Gateway.Tests.Executions.Storage;

public sealed class MongoExecutionLogTests(MongoFixture mongo) : ExecutionLogContract, IAsyncLifetime
{
    private MongoTestDatabase _database = null!;
    private MongoConnection _connection = null!;
    private MongoExecutionLog _log = null!;

    private protected override IExecutionLog Log => _log;

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
}
