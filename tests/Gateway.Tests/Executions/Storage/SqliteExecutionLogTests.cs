using CodeInterpreter.Gateway.Databases;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Storage;
using CodeInterpreter.Gateway.Settings;
using CodeInterpreter.Gateway.Tests.Hosting;
using Dapper;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Tests.Executions.Storage;

public sealed class SqliteExecutionLogTests : ExecutionLogContract, IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly SqliteGatewayDatabase _database;
    private readonly SqliteExecutionLog _log;

    public SqliteExecutionLogTests()
    {
        _database = new(Options.Create(new GatewayOptions { DataDirectory = _directory.Path }), TimeProvider.System);
        _log = new SqliteExecutionLog(_database);
    }

    private protected override IExecutionLog Log => _log;

    public void Dispose()
    {
        _database.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _directory.Dispose();
    }

    [Fact]
    public async Task DeleteOfUser_DoesNotReadTheWholeTable()
    {
        var plan = await _database.ReadAsync(
            connection =>
                connection.QueryAsync<(int, int, int, string Detail)>(
                    "EXPLAIN QUERY PLAN " + SqliteExecutionLog.DeleteOfUser,
                    new { userId = "u" }
                ),
            TestContext.Current.CancellationToken
        );

        plan.ShouldHaveSingleItem().Detail.ShouldContain("USING INDEX execution_log_user_id (user_id=?)");
    }
}
