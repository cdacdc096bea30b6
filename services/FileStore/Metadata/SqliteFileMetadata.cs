using CodeInterpreter.FileStore.Files;
using CodeInterpreter.ServiceDefaults.Databases;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using static SQLitePCL.raw;

namespace CodeInterpreter.FileStore.Metadata;

/// <summary>
/// Records in an embedded SQLite database, <c>metadata.db</c> in the data directory. Reads use pooled connections;
/// writes take turns on one, because SQLite has one writer and waiting here is cheaper than its busy loop.
/// </summary>
internal sealed class SqliteFileMetadata : IFileMetadata, IAsyncDisposable
{
    private readonly string _connectionString;
    private readonly SqliteConnection _writer;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private bool _disposed;

    public SqliteFileMetadata(IOptions<FileStoreOptions> options)
    {
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(options.Value.DataDirectory, "metadata.db"),
        }.ToString();
        _writer = new SqliteConnection(_connectionString);
    }

    public Task InitializeAsync(CancellationToken cancellationToken) =>
        WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync(SqliteStatements.Configure);
                await SqliteSchema.UpgradeAsync(connection, SqliteStatements.Schema, cancellationToken);
                return true;
            },
            cancellationToken
        );

    public Task CheckAsync(CancellationToken cancellationToken) =>
        ReadAsync(connection => connection.QueryAsync<long>(SqliteStatements.Check), cancellationToken);

    // To record files together would save nothing here: there is no way to the database.
    public IDisposable? Expect(string executionId) => null;

    public Task<StoredFile> AddAsync(StoredFile file, Quota quota, CancellationToken cancellationToken) =>
        WriteAsync(connection => AddAsync(connection, file, quota, earlier: null, until: default, cancellationToken), cancellationToken);

    public Task<StoredFile> ReplaceAsync(
        StoredFile earlier,
        StoredFile file,
        Quota quota,
        Claim claim,
        CancellationToken cancellationToken
    ) => WriteAsync(connection => AddAsync(connection, file, quota, earlier, claim.Until, cancellationToken), cancellationToken);

    public async Task<StoredFile?> FindAsync(string userId, string fileId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = await ReadAsync(
            connection =>
                connection.QuerySingleOrDefaultAsync<FileRow>(
                    SqliteStatements.Find,
                    new
                    {
                        userId,
                        fileId,
                        now = Stored(now),
                    }
                ),
            cancellationToken
        );
        return row?.ToFile();
    }

    public async Task<IReadOnlyList<StoredFile>> ListAsync(
        FileQuery query,
        FilePosition? after,
        int count,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var rows = await ReadAsync(
            connection =>
            {
                if (query.NameContains is not null)
                    connection.CreateFunction<string, string, bool>(SqliteStatements.NameContains, Contains);
                return connection.QueryAsync<FileRow>(
                    SqliteStatements.List(query, after),
                    new
                    {
                        userId = query.UserId,
                        executionId = query.ExecutionId,
                        source = query.Source is { } source ? FileRow.NameOf(source) : null,
                        fileType = query.FileType,
                        nameContains = query.NameContains,
                        count,
                        now = Stored(now),
                        uploadedAt = Stored(after?.UploadedAt ?? default),
                        fileId = after?.FileId,
                    }
                );
            },
            cancellationToken
        );
        return [.. rows.Select(row => row.ToFile())];
    }

    public Task<FileUsage> MeasureAsync(string userId, DateTimeOffset now, CancellationToken cancellationToken) =>
        ReadAsync(
            connection => connection.QuerySingleAsync<FileUsage>(SqliteStatements.Measure, new { userId, now = Stored(now) }),
            cancellationToken
        );

    public async Task<StoredFile?> ExtendAsync(
        string userId,
        string fileId,
        DateTimeOffset expiresAt,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var row = await WriteAsync(
            connection =>
                connection.QuerySingleOrDefaultAsync<FileRow>(
                    SqliteStatements.Extend,
                    new
                    {
                        userId,
                        fileId,
                        expiresAt = Stored(expiresAt),
                        now = Stored(now),
                    }
                ),
            cancellationToken
        );
        return row?.ToFile();
    }

    public Task<bool> HasExpiredAsync(string userId, string fileId, DateTimeOffset now, CancellationToken cancellationToken) =>
        ReadAsync(
            connection =>
                connection.ExecuteScalarAsync<bool>(
                    SqliteStatements.HasExpired,
                    new
                    {
                        userId,
                        fileId,
                        now = Stored(now),
                    }
                ),
            cancellationToken
        );

    public Task BuryAsync(IReadOnlyCollection<StoredFile> files, CancellationToken cancellationToken) =>
        WriteAsync(
            async connection =>
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await connection.ExecuteAsync(SqliteStatements.Bury, files.Select(FileRow.From), transaction);
                await transaction.CommitAsync(cancellationToken);
                return true;
            },
            cancellationToken
        );

    public Task ForgetExpiredAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        WriteAsync(
            connection => connection.ExecuteAsync(SqliteStatements.ForgetExpired, new { before = Stored(before) }),
            cancellationToken
        );

    public async Task<bool> ClaimAsync(string userId, string fileId, Claim claim, CancellationToken cancellationToken)
    {
        var claimed = await WriteAsync(
            connection =>
                connection.ExecuteAsync(
                    SqliteStatements.Claim,
                    new
                    {
                        userId,
                        fileId,
                        now = Stored(claim.Now),
                        until = Stored(claim.Until),
                    }
                ),
            cancellationToken
        );
        return claimed == 1;
    }

    public async Task<IReadOnlyList<StoredFile>> ClaimExpiredAsync(
        string? userId,
        int count,
        Claim claim,
        CancellationToken cancellationToken
    )
    {
        var rows = await WriteAsync(
            connection =>
                connection.QueryAsync<FileRow>(
                    SqliteStatements.ClaimExpired,
                    new
                    {
                        userId,
                        count,
                        now = Stored(claim.Now),
                        until = Stored(claim.Until),
                    }
                ),
            cancellationToken
        );
        return [.. rows.Select(row => row.ToFile())];
    }

    public Task<int> RemoveAsync(IReadOnlyCollection<string> fileIds, CancellationToken cancellationToken) =>
        WriteAsync(connection => connection.ExecuteAsync(SqliteStatements.Remove, new { fileIds }), cancellationToken);

    public async Task<IReadOnlyList<StoredFile>> WalkAsync(string after, int count, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(
            connection => connection.QueryAsync<FileRow>(SqliteStatements.Walk, new { after, count }),
            cancellationToken
        );
        return [.. rows.Select(row => row.ToFile())];
    }

    public Task<string> BindAsync(string blobStore, CancellationToken cancellationToken) =>
        WriteAsync(connection => connection.QuerySingleAsync<string>(SqliteStatements.Bind, new { blobStore }), cancellationToken);

    public async Task<IReadOnlySet<string>> FindKnownAsync(IReadOnlyCollection<string> fileIds, CancellationToken cancellationToken)
    {
        var known = await ReadAsync(
            connection => connection.QueryAsync<string>(SqliteStatements.FindKnown, new { fileIds }),
            cancellationToken
        );
        return known.ToHashSet(StringComparer.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        // Whoever still writes, such as a sweep that was not waited for, is done first.
        await _writing.WaitAsync();
        SqliteConnection.ClearPool(_writer);
        await _writer.DisposeAsync();
        _writing.Dispose();
    }

    private static async Task<StoredFile> AddAsync(
        SqliteConnection connection,
        StoredFile file,
        Quota quota,
        StoredFile? earlier,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        // Rolled back unless it is committed: a file beyond the quota was never there, and the earlier one still is.
        await using var transaction = connection.BeginTransaction(deferred: false);
        if (earlier is not null)
        {
            await connection.ExecuteAsync(SqliteStatements.Supersede, new { fileId = earlier.FileId, until = Stored(until) }, transaction);
        }

        var row = FileRow.From(file);
        if (
            file.UploadId is not null
            && await connection.QuerySingleOrDefaultAsync<FileRow>(SqliteStatements.FindUpload, row, transaction) is { } kept
        )
        {
            return kept.ToFile();
        }

        await connection.ExecuteAsync(SqliteStatements.Add, row, transaction);
        foreach (var (limit, executionId) in quota.For(file))
        {
            var those = new
            {
                userId = file.UserId,
                executionId,
                now = Stored(file.UploadedAt),
            };
            var statement = executionId is null ? SqliteStatements.Measure : SqliteStatements.MeasureExecution;
            limit.Check(await connection.QuerySingleAsync<FileUsage>(statement, those, transaction), file.FileSize);
        }

        await transaction.CommitAsync(cancellationToken);
        return file;
    }

    private static bool Contains(string name, string part) => name.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static long Stored(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    // Everything else, such as a constraint, is a mistake in the program and no reason to try again.
    private static bool IsOutage(SqliteException exception) =>
        exception.SqliteErrorCode
            is SQLITE_BUSY
                or SQLITE_LOCKED
                or SQLITE_NOMEM
                or SQLITE_READONLY
                or SQLITE_IOERR
                or SQLITE_CORRUPT
                or SQLITE_FULL
                or SQLITE_CANTOPEN
                or SQLITE_PROTOCOL
                or SQLITE_NOTADB;

    private static FileStoreException Failure(SqliteException exception) =>
        exception.SqliteErrorCode == SQLITE_FULL
            ? FileStoreException.StorageFull("database", exception)
            : FileStoreException.Unavailable("database", exception);

    private async Task<T> ReadAsync<T>(Func<SqliteConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new SqliteConnection(_connectionString);
            await connection.OpenAsync(cancellationToken);
            return await read(connection);
        }
        catch (SqliteException exception) when (IsOutage(exception))
        {
            throw Failure(exception);
        }
    }

    private async Task<T> WriteAsync<T>(Func<SqliteConnection, Task<T>> write, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (_writer.State != System.Data.ConnectionState.Open)
            {
                await _writer.OpenAsync(cancellationToken);
            }

            return await write(_writer);
        }
        catch (SqliteException exception) when (IsOutage(exception))
        {
            throw Failure(exception);
        }
        finally
        {
            _writing.Release();
        }
    }
}
