using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Settings;
using CodeInterpreter.ServiceDefaults.Databases;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Metadata;

/// <summary>Records in an embedded database, <c>metadata.db</c> in the data directory.</summary>
internal sealed class SqliteFileMetadata(IOptions<FileStoreOptions> options, TimeProvider? time = null) : IFileMetadata, IAsyncDisposable
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    private readonly SqliteDatabase _database = new(
        Path.Combine(options.Value.DataDirectory, "metadata.db"),
        SqliteStatements.Schema,
        time ?? TimeProvider.System,
        FileStoreException.DatabaseFailed
    );

    public Task InitializeAsync(CancellationToken cancellationToken) => _database.OpenAsync(cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) =>
        _database.WriteAsync(
            connection => connection.ExecuteAsync(SqliteStatements.Check, new { now = Stored(_time.GetUtcNow()) }),
            cancellationToken
        );

    public Task<StoredFile> AddAsync(StoredFile file, Quota quota, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            connection => AddAsync(connection, file, quota, earlier: null, until: default, cancellationToken),
            cancellationToken
        );

    public Task<StoredFile> ReplaceAsync(
        StoredFile earlier,
        StoredFile file,
        Quota quota,
        Claim claim,
        CancellationToken cancellationToken
    ) => _database.WriteAsync(connection => AddAsync(connection, file, quota, earlier, claim.Until, cancellationToken), cancellationToken);

    public async Task<StoredFile?> FindAsync(string userId, string fileId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = await _database.ReadAsync(
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
        var rows = await _database.ReadAsync(
            connection =>
            {
                var forms = query.NameForms;
                connection.CreateFunction<string, bool>(
                    SqliteStatements.NameContains,
                    name => forms.Any(form => name.Contains(form, StringComparison.OrdinalIgnoreCase))
                );
                return connection.QueryAsync<FileRow>(
                    SqliteStatements.List(query, after),
                    new
                    {
                        userId = query.UserId,
                        executionId = query.ExecutionId,
                        source = query.Source is { } source ? FileRow.NameOf(source) : null,
                        fileType = query.FileType,
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
        _database.ReadAsync(
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
        var row = await _database.WriteAsync(
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
        _database.ReadAsync(
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

    public Task RecordExpiredAsync(IReadOnlyCollection<StoredFile> files, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            async connection =>
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await connection.ExecuteAsync(SqliteStatements.RecordExpired, files.Select(FileRow.From), transaction);
                await transaction.CommitAsync(cancellationToken);
                return true;
            },
            cancellationToken
        );

    public Task ForgetExpiredAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            connection => connection.ExecuteAsync(SqliteStatements.ForgetExpired, new { before = Stored(before) }),
            cancellationToken
        );

    public Task ForgetExpiredAsync(string userId, CancellationToken cancellationToken) =>
        _database.WriteAsync(connection => connection.ExecuteAsync(SqliteStatements.ForgetExpiredOf, new { userId }), cancellationToken);

    public async Task<bool> ClaimAsync(string userId, string fileId, Claim claim, CancellationToken cancellationToken)
    {
        var claimed = await _database.WriteAsync(
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
        var rows = await _database.WriteAsync(
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
        _database.WriteAsync(connection => connection.ExecuteAsync(SqliteStatements.Remove, new { fileIds }), cancellationToken);

    public async Task<IReadOnlyList<StoredFile>> WalkAsync(string after, int count, CancellationToken cancellationToken)
    {
        var rows = await _database.ReadAsync(
            connection => connection.QueryAsync<FileRow>(SqliteStatements.Walk, new { after, count }),
            cancellationToken
        );
        return [.. rows.Select(row => row.ToFile())];
    }

    public Task<string> BindAsync(string blobStore, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            connection => connection.QuerySingleAsync<string>(SqliteStatements.Bind, new { blobStore }),
            cancellationToken
        );

    public async Task<IReadOnlySet<string>> FindKnownAsync(IReadOnlyCollection<string> fileIds, CancellationToken cancellationToken)
    {
        var known = await _database.ReadAsync(
            connection => connection.QueryAsync<string>(SqliteStatements.FindKnown, new { fileIds }),
            cancellationToken
        );
        return known.ToHashSet(StringComparer.Ordinal);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

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

    private static long Stored(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
