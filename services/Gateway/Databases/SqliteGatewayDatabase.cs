using System.Data.Common;
using CodeInterpreter.Gateway.Settings;
using CodeInterpreter.ServiceDefaults.Databases;
using CodeInterpreter.ServiceDefaults.Storage;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Databases;

/// <summary>
/// The SQLite file with executions and API keys. One connection writes, because SQLite allows only one writer and queueing for it here is
/// faster than its busy handler. Each read opens its own connection and never waits. Committed writes survive a crash of the process; a
/// power cut may lose the last of them, but does not damage the file.
/// </summary>
internal sealed class SqliteGatewayDatabase : IDisposable
{
    private const string Configuration = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;";

    /// <summary>The steps from an empty database to the current schema. Released steps never change.</summary>
    private static readonly string[] Schema =
    [
        """
            CREATE TABLE IF NOT EXISTS executions (
                execution_id TEXT NOT NULL PRIMARY KEY,
                user_id TEXT NOT NULL,
                status INTEGER NOT NULL,
                accepted_at INTEGER NOT NULL,
                started_at INTEGER NULL,
                finished_at INTEGER NULL,
                result TEXT NULL);
            CREATE INDEX IF NOT EXISTS executions_accepted_at ON executions (accepted_at);
            """,
        """
            ALTER TABLE executions ADD COLUMN deadline INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE executions ADD COLUMN live INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE executions ADD COLUMN idempotency_key TEXT NULL;
            ALTER TABLE executions ADD COLUMN request_hash TEXT NULL;
            ALTER TABLE executions ADD COLUMN input_address TEXT NULL;
            ALTER TABLE executions ADD COLUMN last_sequence INTEGER NOT NULL DEFAULT 0;
            CREATE INDEX executions_user_id ON executions (user_id, accepted_at, execution_id);
            CREATE UNIQUE INDEX executions_idempotency_key ON executions (user_id, idempotency_key);
            CREATE TABLE execution_log (
                execution_id TEXT NOT NULL,
                sequence INTEGER NOT NULL,
                user_id TEXT NOT NULL,
                added_at INTEGER NOT NULL,
                entry TEXT NOT NULL,
                PRIMARY KEY (execution_id, sequence)) WITHOUT ROWID;
            CREATE INDEX execution_log_added_at ON execution_log (added_at);
            """,
        """
            CREATE TABLE api_keys (
                key_id TEXT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL,
                user_id TEXT NULL,
                hash TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                revoked_at INTEGER NULL);
            """,
        """
            ALTER TABLE executions ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
            UPDATE executions SET bytes = length(result) WHERE result IS NOT NULL;
            CREATE INDEX executions_bytes ON executions (user_id, bytes);
            """,
        "ALTER TABLE executions ADD COLUMN lost_at INTEGER NULL;",
    ];

    /// <summary>How long a write waits for earlier writes.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly string _directory;
    private readonly string _connectionString;
    private readonly TimeProvider _timeProvider;
    private readonly SemaphoreSlim _writing = new(1);
    private bool _disposed;
    private volatile SqliteConnection? _writer;

    public SqliteGatewayDatabase(IOptions<GatewayOptions> options, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _directory = options.Value.DataDirectory;
        var path = Path.Combine(_directory, "executions.db");
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 5 }.ToString();
    }

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellationToken)
    {
        if (_writer is null)
        {
            // Opening the writer creates the file and its tables.
            await UseWriterAsync(_ => Task.FromResult(0), cancellationToken);
        }

        try
        {
            await using var connection = new SqliteConnection(_connectionString);
            await connection.OpenAsync(cancellationToken);
            return await query(connection);
        }
        catch (SqliteException exception)
        {
            throw DatabaseErrors.Unavailable(exception);
        }
    }

    /// <summary>Runs <paramref name="write"/> on the one connection that writes; it may read there as well.</summary>
    public Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> write, CancellationToken cancellationToken) =>
        UseWriterAsync(writer => write(writer), cancellationToken);

    public Task<int> WriteAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        UseWriterAsync(
            writer => writer.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)),
            cancellationToken
        );

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        // Waits for the write in progress.
        _writing.Wait();
        _writer?.Dispose();
        _writing.Dispose();
    }

    private async Task<T> UseWriterAsync<T>(Func<SqliteConnection, Task<T>> write, CancellationToken cancellationToken)
    {
        await WaitForTurnAsync(cancellationToken);
        try
        {
            return await write(_writer ??= await OpenWriterAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw DatabaseErrors.Unavailable(exception);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        if (_writing.Wait(0, CancellationToken.None))
            return;
        using var tooLong = new CancellationTokenSource(LongestWait, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLong.Token);
        try
        {
            await _writing.WaitAsync(either.Token);
        }
        catch (OperationCanceledException exception) when (tooLong.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw DatabaseErrors.Unavailable(exception);
        }
    }

    private async Task<SqliteConnection> OpenWriterAsync(CancellationToken cancellationToken)
    {
        PrivateDirectory.Create(_directory);
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await connection.ExecuteAsync(Configuration);
            await SqliteSchema.UpgradeAsync(connection, Schema, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
