using Microsoft.Data.Sqlite;

namespace CodeInterpreter.ServiceDefaults.Databases;

/// <summary>
/// An embedded database. Writes take turns on one connection, because SQLite has one writer and waiting here is cheaper than its busy loop;
/// reads use pooled connections and never wait. The first use creates the file and brings its schema up to date. What has been written
/// survives a crash of the process. A power failure may undo the last writes and never damages the file.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="schema">The steps from an empty database to the schema of today, see <see cref="SqliteSchema"/>.</param>
/// <param name="time">The clock for <see cref="LongestWait"/>.</param>
/// <param name="failed">What callers get during an outage, see <see cref="SqliteOutage"/>.</param>
public class SqliteDatabase(string path, IReadOnlyList<string> schema, TimeProvider time, DatabaseFailure failed)
    : IAsyncDisposable,
        IDisposable
{
    /// <summary>How long a write waits for those before it.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    // WAL: readers and the writer do not wait for each other. NORMAL: a commit does not wait for the disk.
    private const string Configuration = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;";

    // For writers in other processes.
    private const int BusySeconds = 5;

    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        DefaultTimeout = BusySeconds,
    }.ToString();

    private readonly SemaphoreSlim _writing = new(1, 1);
    private volatile SqliteConnection? _writer;
    private bool _disposed;

    /// <summary>Creates the file and its schema where they are missing.</summary>
    public Task OpenAsync(CancellationToken cancellationToken) => WriteAsync(_ => Task.FromResult(true), cancellationToken);

    /// <summary>Reads, on a connection that others do not use meanwhile.</summary>
    public async Task<T> ReadAsync<T>(Func<SqliteConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        if (_writer is null)
            await OpenAsync(cancellationToken);

        try
        {
            await using var connection = new SqliteConnection(_connectionString);
            await connection.OpenAsync(cancellationToken);
            return await read(connection);
        }
        catch (Exception exception) when (SqliteOutage.Is(exception))
        {
            throw failed(exception, SqliteOutage.IsFull(exception));
        }
    }

    /// <summary>Writes, and reads in the same turn.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, Task<T>> write, CancellationToken cancellationToken)
    {
        try
        {
            await WaitForTurnAsync(cancellationToken);
            try
            {
                return await write(_writer ??= await OpenWriterAsync(cancellationToken));
            }
            finally
            {
                _writing.Release();
            }
        }
        catch (Exception exception) when (SqliteOutage.Is(exception))
        {
            throw failed(exception, SqliteOutage.IsFull(exception));
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        // Writes that are not finished, such as a sweep that nobody waits for, come first.
        _writing.Wait();
        Close();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        await _writing.WaitAsync();
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Called before the file is opened for the first time, and again after each attempt that failed.</summary>
    protected virtual void Prepare() { }

    private void Close()
    {
        if (_writer is { } writer)
        {
            SqliteConnection.ClearPool(writer);
            writer.Dispose();
        }

        _writing.Dispose();
    }

    private async Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        if (_writing.Wait(0, CancellationToken.None))
            return;
        using var tooLong = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLong.Token);
        try
        {
            await _writing.WaitAsync(either.Token);
        }
        catch (OperationCanceledException exception) when (tooLong.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Earlier writes took more than {LongestWait.TotalSeconds} s.", exception);
        }
    }

    private async Task<SqliteConnection> OpenWriterAsync(CancellationToken cancellationToken)
    {
        Prepare();
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var configure = connection.CreateCommand();
            configure.CommandText = Configuration;
            await configure.ExecuteNonQueryAsync(cancellationToken);
            await SqliteSchema.UpgradeAsync(connection, schema, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
