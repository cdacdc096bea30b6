using System.Collections.Concurrent;
using MongoDB.Bson;
using Npgsql;
using NpgsqlTypes;

namespace CodeInterpreter.MongoFront;

/// <summary>Carries commands to the SQL functions of the extension and their results back.</summary>
internal sealed class Engine(NpgsqlDataSource database) : IDisposable
{
    private const int MaxAttempts = 20;
    private static readonly byte[] Ok = new BsonDocument("ok", 1.0).ToBson();

    /// <summary>What concerns sessions, routing and the API version; one server without sessions has no use for it.</summary>
    private static readonly string[] Envelope =
    [
        "$db",
        "$readPreference",
        "$clusterTime",
        "lsid",
        "txnNumber",
        "apiVersion",
        "apiStrict",
        "apiDeprecationErrors",
    ];

    private readonly ConcurrentDictionary<long, byte[]> _cursors = new();
    private readonly SemaphoreSlim _schemaChange = new(1);
    private readonly SemaphoreSlim _afterConflict = new(1);

    public void Dispose()
    {
        _schemaChange.Dispose();
        _afterConflict.Dispose();
    }

    /// <returns>The reply as BSON.</returns>
    /// <exception cref="CommandException">The command is unknown, or its cursor is.</exception>
    /// <exception cref="PostgresException">The engine refused it.</exception>
    public async Task<byte[]> ExecuteAsync(Request request)
    {
        switch (request.Command)
        {
            case "killCursors":
                return KillCursors(request.Body["cursors"].AsBsonArray);
            case "getMore":
                return await GetMoreAsync(request);
            // Those who start at the same time make the same collections and indexes.
            case "create" or "createIndexes" or "drop" or "dropDatabase" or "dropIndexes" or "renameCollection":
                await _schemaChange.WaitAsync();
                try
                {
                    return (await RunAsync(request, request.Sequence)).Reply;
                }
                finally
                {
                    _schemaChange.Release();
                }
            default:
                var result = await RunAsync(request, request.Sequence);
                if (result.Continuation is { } continuation)
                    _cursors[result.CursorId] = continuation;
                return result.Reply;
        }
    }

    private async Task<byte[]> GetMoreAsync(Request request)
    {
        var id = request.Target.ToInt64();
        if (!_cursors.TryRemove(id, out var state))
            throw new CommandException(Errors.CursorNotFound, $"cursor id {id} not found");
        var result = await RunAsync(request, state);
        if (result.Continuation is { } continuation)
            _cursors[id] = continuation;
        return result.Reply;
    }

    private byte[] KillCursors(BsonArray ids)
    {
        var killed = new BsonArray(ids.Where(id => _cursors.TryRemove(id.ToInt64(), out _)));
        return new BsonDocument
        {
            { "cursorsKilled", killed },
            { "cursorsNotFound", new BsonArray(ids.Except(killed)) },
            { "cursorsAlive", new BsonArray() },
            { "cursorsUnknown", new BsonArray() },
            { "ok", 1.0 },
        }.ToBson();
    }

    private async Task<Result> RunAsync(Request request, byte[]? beside)
    {
        var sql =
            Statements.For(request.Command) ?? throw new CommandException(Errors.CommandNotFound, $"no such command: '{request.Command}'");
        var command = (BsonDocument)request.Body.Clone();
        foreach (var name in Envelope)
            command.Remove(name);
        var body = command.ToBson();
        for (var attempt = 1; ; attempt++)
        {
            // Those that have met a conflict go on one after the other, or they would meet the same one again.
            var alone = attempt > 1;
            if (alone)
                await _afterConflict.WaitAsync();
            try
            {
                var result = await QueryAsync(request, sql, body, beside);
                if (!result.IsConflict || !request.IsSingleWrite || attempt == MaxAttempts)
                    return result;
            }
            catch (PostgresException exception)
                when (attempt < MaxAttempts
                    && exception.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
                ) { }
            finally
            {
                if (alone)
                    _afterConflict.Release();
            }

            // MongoDB repeats single writes that conflict by itself, too.
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(10 * attempt)));
        }
    }

    private async Task<Result> QueryAsync(Request request, string sql, byte[] body, byte[]? beside)
    {
        await using var query = database.CreateCommand(sql);
        query.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Database });
        query.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = body });
        query.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bytea, Value = (object?)beside ?? DBNull.Value });
        query.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Target.IsString ? request.Target.AsString : "" });
        await using var rows = await query.ExecuteReaderAsync();
        await rows.ReadAsync();
        var reply = await rows.IsDBNullAsync(0) ? Ok : rows.GetFieldValue<byte[]>(0);
        var continuation = await rows.IsDBNullAsync(1) ? null : rows.GetFieldValue<byte[]>(1);
        if (rows.GetBoolean(3))
            return new Result(reply, continuation, rows.GetInt64(2), IsConflict: false);
        var (translated, isConflict) = Errors.TranslateWriteErrors(reply);
        return new Result(translated, null, 0, isConflict);
    }

    private sealed record Result(byte[] Reply, byte[]? Continuation, long CursorId, bool IsConflict);
}
