using CodeInterpreter.Gateway.Databases;
using CodeInterpreter.Gateway.Limits.Sharing;
using CodeInterpreter.Gateway.Settings;
using CodeInterpreter.Gateway.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Tests.Limits.Sharing;

public sealed class SqliteUsageStoreTests : UsageStoreContract, IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly SqliteGatewayDatabase _database;
    private readonly SqliteUsageStore _store;

    public SqliteUsageStoreTests()
    {
        _database = new(Options.Create(new GatewayOptions { DataDirectory = _directory.Path }), TimeProvider.System);
        _store = new SqliteUsageStore(_database);
    }

    private protected override IUsageStore Store => _store;

    public void Dispose()
    {
        _database.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _directory.Dispose();
    }
}
