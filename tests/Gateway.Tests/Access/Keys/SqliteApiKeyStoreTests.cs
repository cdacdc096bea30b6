using CodeInterpreter.Gateway.Access.Keys;
using CodeInterpreter.Gateway.Databases;
using CodeInterpreter.Gateway.Settings;
using CodeInterpreter.Gateway.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Tests.Access.Keys;

public sealed class SqliteApiKeyStoreTests : ApiKeyStoreContract, IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly SqliteGatewayDatabase _database;
    private readonly SqliteApiKeyStore _store;

    public SqliteApiKeyStoreTests()
    {
        _database = new(Options.Create(new GatewayOptions { DataDirectory = _directory.Path }), TimeProvider.System);
        _store = new SqliteApiKeyStore(_database);
    }

    private protected override IApiKeyStore Store => _store;

    public void Dispose()
    {
        _database.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _directory.Dispose();
    }
}
