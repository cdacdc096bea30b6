using CodeInterpreter.Gateway.Databases;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Storage;
using CodeInterpreter.Gateway.Settings;
using CodeInterpreter.Gateway.Tests.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Gateway.Tests.Executions.Storage;

public sealed class SqliteExecutionStoreTests : ExecutionStoreContract, IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();
    private readonly SqliteGatewayDatabase _database;
    private readonly SqliteExecutionStore _store;

    public SqliteExecutionStoreTests()
    {
        _database = Open();
        _store = new SqliteExecutionStore(_database);
    }

    private protected override IExecutionStore Store => _store;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _database.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _directory.Dispose();
    }

    [Fact]
    public async Task Find_AfterARestart_IsStillThere()
    {
        await _store.AddAsync(
            new ExecutionRecord
            {
                ExecutionId = "a",
                UserId = "u",
                AcceptedAt = default,
            },
            Token
        );
        _database.Dispose();

        using var reopened = Open();

        (await new SqliteExecutionStore(reopened).FindAsync("u", "a", Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Add_DirectoryRestored_WorksWithoutARestart()
    {
        var path = Path.Combine(_directory.Path, "later");
        await System.IO.File.WriteAllTextAsync(path, "in the way", Token);
        using var database = new SqliteGatewayDatabase(Options.Create(new GatewayOptions { DataDirectory = path }), TimeProvider.System);
        var store = new SqliteExecutionStore(database);
        var exception = await Should.ThrowAsync<GatewayException>(store.CheckAsync(Token));

        System.IO.File.Delete(path);

        exception.Kind.ShouldBe(GatewayErrorKind.Unavailable);
        await store.CheckAsync(Token);
    }

    [Fact]
    public async Task Write_AfterOneThatHangs_TimesOutAndTheNextSucceeds()
    {
        var end = new TaskCompletionSource<int>();
        var stuck = _database.WriteAsync(_ => end.Task, Token);

        try
        {
            var waiting = _store.CheckAsync(Token);
            _time.Advance(SqliteGatewayDatabase.LongestWait);

            (await Should.ThrowAsync<GatewayException>(waiting)).Kind.ShouldBe(GatewayErrorKind.Unavailable);
        }
        finally
        {
            end.SetResult(0);
            await stuck;
        }

        await _store.CheckAsync(Token);
    }

    private SqliteGatewayDatabase Open() => new(Options.Create(new GatewayOptions { DataDirectory = _directory.Path }), _time);
}
