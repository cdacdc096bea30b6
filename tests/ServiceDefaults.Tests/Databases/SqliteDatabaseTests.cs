using CodeInterpreter.ServiceDefaults.Databases;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.ServiceDefaults.Tests.Databases;

public sealed class SqliteDatabaseTests : IAsyncLifetime
{
    private static readonly string[] Schema = ["CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)"];

    private readonly string _directory = Directory.CreateTempSubdirectory("code-interpreter-test-").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly SqliteDatabase _database;

    public SqliteDatabaseTests() => _database = Open(Path.Combine(_directory, "notes.db"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Read_WrittenRows_AreThereAlsoAfterReopening()
    {
        await ExecuteAsync(_database, "INSERT INTO notes (text) VALUES ('one')");
        await using var other = Open(Path.Combine(_directory, "notes.db"));

        (await CountAsync(_database)).ShouldBe(1);
        (await CountAsync(other)).ShouldBe(1);
    }

    [Fact]
    public async Task Read_FirstUse_CreatesTheSchema() => (await CountAsync(_database)).ShouldBe(0);

    [Fact]
    public async Task Open_FileCannotBeOpened_IsAnOutageUntilItCan()
    {
        var folder = Path.Combine(_directory, "later");
        await using var database = Open(Path.Combine(folder, "notes.db"));
        (await Should.ThrowAsync<OutageException>(() => CountAsync(database))).IsFull.ShouldBeFalse();
        await Should.ThrowAsync<OutageException>(() => database.OpenAsync(Token));

        Directory.CreateDirectory(folder);

        (await CountAsync(database)).ShouldBe(0);
    }

    [Fact]
    public async Task Write_FullDisk_IsAnOutageThatNamesIt()
    {
        await ExecuteAsync(_database, "PRAGMA max_page_count = 4");

        var full = await Should.ThrowAsync<OutageException>(() =>
            ExecuteAsync(_database, "INSERT INTO notes (text) VALUES (hex(randomblob(100000)))")
        );

        full.IsFull.ShouldBeTrue();
        (await CountAsync(_database)).ShouldBe(0);
    }

    [Theory]
    [InlineData("INSERT INTO notes (text) VALUES (NULL)")]
    [InlineData("INSERT INTO nowhere (text) VALUES ('one')")]
    public async Task Write_InvalidStatement_IsNotAnOutage(string statement) =>
        await Should.ThrowAsync<SqliteException>(() => ExecuteAsync(_database, statement));

    [Fact]
    public async Task Write_AfterOneThatHangs_IsAnOutageAndTheNextSucceeds()
    {
        var end = new TaskCompletionSource<int>();
        var stuck = _database.WriteAsync(_ => end.Task, Token);
        var waiting = ExecuteAsync(_database, "INSERT INTO notes (text) VALUES ('late')");

        _time.Advance(SqliteDatabase.LongestWait);
        await Should.ThrowAsync<OutageException>(() => waiting);
        end.SetResult(0);
        await stuck;

        await ExecuteAsync(_database, "INSERT INTO notes (text) VALUES ('next')");
        (await CountAsync(_database)).ShouldBe(1);
    }

    private SqliteDatabase Open(string path) => new(path, Schema, _time, (cause, isFull) => new OutageException(cause, isFull));

    private static Task<long> CountAsync(SqliteDatabase database) =>
        database.ReadAsync(
            async connection => (long)(await CreateCommand(connection, "SELECT count(*) FROM notes").ExecuteScalarAsync(Token))!,
            Token
        );

    private static Task<int> ExecuteAsync(SqliteDatabase database, string statement) =>
        database.WriteAsync(connection => CreateCommand(connection, statement).ExecuteNonQueryAsync(Token), Token);

    private static SqliteCommand CreateCommand(SqliteConnection connection, string statement)
    {
        var command = connection.CreateCommand();
        command.CommandText = statement;
        return command;
    }

    private sealed class OutageException(Exception cause, bool isFull) : Exception("The database cannot be used.", cause)
    {
        public bool IsFull { get; } = isFull;
    }
}
