using System.Text.Json;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Databases;
using CodeInterpreter.Gateway.Executions.Records;
using Dapper;

namespace CodeInterpreter.Gateway.Executions.Storage;

/// <summary>Stores executions in a SQLite file.</summary>
internal sealed class SqliteExecutionStore(SqliteGatewayDatabase database) : IExecutionStore, IDisposable
{
    private const string Columns = """
        execution_id AS ExecutionId, user_id AS UserId, caller_id AS CallerId, status AS Status, accepted_at AS AcceptedAt,
        started_at AS StartedAt,
        finished_at AS FinishedAt, deadline AS Deadline, live AS Live, idempotency_key AS IdempotencyKey,
        request_hash AS RequestHash, input_address AS InputAddress, last_sequence AS LastSequence
        """;

    private readonly ResultReads _reads = new(atATime: 2);

    public Task<ExecutionRecord> AddAsync(ExecutionRecord execution, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                var added = await connection.ExecuteAsync(
                    """
                    INSERT INTO executions
                        (execution_id, user_id, caller_id, status, accepted_at, deadline, lost_at, live, bytes, idempotency_key,
                         request_hash)
                    VALUES (@ExecutionId, @UserId, @CallerId, @Status, @AcceptedAt, @Deadline, @LostAt, @Live, @Bytes, @IdempotencyKey,
                         @RequestHash)
                    ON CONFLICT (user_id, idempotency_key) DO NOTHING
                    """,
                    new
                    {
                        execution.ExecutionId,
                        execution.UserId,
                        CallerId = execution.CallerId.Length > 0 ? execution.CallerId : null,
                        Status = (int)execution.Status,
                        AcceptedAt = execution.AcceptedAt.ToUnixTimeMilliseconds(),
                        Deadline = execution.Deadline.ToUnixTimeMilliseconds(),
                        LostAt = execution.LostAt.ToUnixTimeMilliseconds(),
                        execution.Live,
                        execution.Bytes,
                        execution.IdempotencyKey,
                        execution.RequestHash,
                    }
                );
                if (added == 1)
                {
                    return execution;
                }

                var other = await connection.QuerySingleAsync<ExecutionRow>(
                    $"SELECT {Columns}, CAST(result AS BLOB) AS Result FROM executions "
                        + "WHERE user_id = @UserId AND idempotency_key = @IdempotencyKey",
                    new { execution.UserId, execution.IdempotencyKey }
                );
                return other.ToRecord();
            },
            cancellationToken
        );

    public Task RemoveQueuedAsync(ExecutionRecord execution, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "DELETE FROM executions WHERE execution_id = @ExecutionId AND user_id = @UserId AND status = 0",
            new { execution.ExecutionId, execution.UserId },
            cancellationToken
        );

    public Task<bool> MarkStartedAsync(ExecutionStarted started, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                var status = await connection.QuerySingleOrDefaultAsync<int?>(
                    """
                    UPDATE executions
                    SET status = max(status, 1), started_at = coalesce(started_at, @StartedAt),
                        input_address = coalesce(@InputAddress, input_address)
                    WHERE execution_id = @ExecutionId AND user_id = @UserId
                    RETURNING status
                    """,
                    new
                    {
                        started.ExecutionId,
                        started.UserId,
                        StartedAt = started.StartedAt.ToUnixTimeMilliseconds(),
                        InputAddress = started.InputAddress?.ToString(),
                    }
                );
                return status == (int)ExecutionStatus.Running;
            },
            cancellationToken
        );

    public async Task MarkFinishedAsync(ExecutionFinished finished, DateTimeOffset? judgedAt, CancellationToken cancellationToken)
    {
        if (await IsFinishedAsync(finished.ExecutionId, cancellationToken))
        {
            return;
        }

        await database.WriteAsync(
            """
            UPDATE executions
            SET status = 2, started_at = coalesce(started_at, @StartedAt), finished_at = @FinishedAt, result = @Result,
                last_sequence = @Sequence, bytes = @Bytes
            WHERE execution_id = @ExecutionId AND user_id = @UserId AND status < 2
                AND (@JudgedAt IS NULL OR lost_at IS NULL OR lost_at > @JudgedAt)
            """,
            new
            {
                finished.ExecutionId,
                finished.UserId,
                finished.Sequence,
                Bytes = ResultSize.Of(finished),
                StartedAt = finished.Result.StartedAt?.ToUnixTimeMilliseconds(),
                FinishedAt = finished.FinishedAt.ToUnixTimeMilliseconds(),
                JudgedAt = judgedAt?.ToUnixTimeMilliseconds(),
                Result = JsonSerializer.SerializeToUtf8Bytes(finished.Result, ResultJson.Compact.ExecutionResult),
            },
            cancellationToken
        );
    }

    public Task<ExecutionRecord?> FindAsync(string userId, string executionId, CancellationToken cancellationToken)
    {
        var command = new CommandDefinition(
            $"SELECT {Columns}, CAST(result AS BLOB) AS Result FROM executions WHERE execution_id = @executionId AND user_id = @userId",
            new { executionId, userId },
            cancellationToken: cancellationToken
        );
        return _reads.ReadAsync(
            async () =>
            {
                var row = await database.ReadAsync(
                    connection => connection.QuerySingleOrDefaultAsync<ExecutionRow>(command),
                    cancellationToken
                );
                return row?.ToRecord();
            },
            cancellationToken
        );
    }

    public Task<ExecutionUsage> MeasureAsync(string userId, CancellationToken cancellationToken)
    {
        var command = new CommandDefinition(
            "SELECT count(*) AS Executions, coalesce(sum(bytes), 0) AS Bytes FROM executions WHERE user_id = @userId",
            new { userId },
            cancellationToken: cancellationToken
        );
        return database.ReadAsync(connection => connection.QuerySingleAsync<ExecutionUsage>(command), cancellationToken);
    }

    public async Task<bool> RemoveFinishedAsync(string userId, string executionId, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            "DELETE FROM executions WHERE execution_id = @executionId AND user_id = @userId AND status = 2",
            new { executionId, userId },
            cancellationToken
        ) == 1;

    public async Task<long> RemoveFinishedAsync(string userId, CancellationToken cancellationToken) =>
        await database.WriteAsync("DELETE FROM executions WHERE user_id = @userId AND status = 2", new { userId }, cancellationToken);

    public async Task<IReadOnlyList<ExecutionRecord>> ListAsync(
        string userId,
        ExecutionPosition? after,
        int count,
        CancellationToken cancellationToken
    )
    {
        var bound = after is null ? "" : "AND (accepted_at, execution_id) < (@acceptedAt, @executionId)";
        var command = new CommandDefinition(
            $"""
            SELECT {Columns} FROM executions WHERE user_id = @userId {bound}
            ORDER BY accepted_at DESC, execution_id DESC LIMIT @count
            """,
            new
            {
                userId,
                count,
                acceptedAt = after?.AcceptedAt.ToUnixTimeMilliseconds(),
                executionId = after?.ExecutionId,
            },
            cancellationToken: cancellationToken
        );
        var rows = await database.ReadAsync(connection => connection.QueryAsync<ExecutionRow>(command), cancellationToken);
        return [.. rows.Select(row => row.ToRecord())];
    }

    public Task<int> CountQueuedAsync(string userId, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var command = new CommandDefinition(
            "SELECT count(*) FROM executions WHERE user_id = @userId AND accepted_at >= @from AND accepted_at < @before AND status = 0",
            new
            {
                userId,
                from = from.ToUnixTimeMilliseconds(),
                before = before.ToUnixTimeMilliseconds(),
            },
            cancellationToken: cancellationToken
        );
        return database.ReadAsync(connection => connection.ExecuteScalarAsync<int>(command), cancellationToken);
    }

    public Task<int> CountActiveOfUserAsync(string userId, DateTimeOffset acceptedAt, CancellationToken cancellationToken) =>
        CountActiveAsync("user_id", userId, acceptedAt, cancellationToken);

    public Task<int> CountActiveOfCallerAsync(string callerId, DateTimeOffset acceptedAt, CancellationToken cancellationToken) =>
        CountActiveAsync("caller_id", callerId, acceptedAt, cancellationToken);

    public async Task<IReadOnlyList<ExecutionRecord>> ListUnfinishedAsync(
        ExecutionPosition after,
        DateTimeOffset before,
        int count,
        CancellationToken cancellationToken
    )
    {
        var command = new CommandDefinition(
            $"""
            SELECT {Columns} FROM executions
            WHERE (accepted_at, execution_id) > (@acceptedAt, @executionId) AND accepted_at < @before AND status < 2
            ORDER BY accepted_at, execution_id LIMIT @count
            """,
            new
            {
                acceptedAt = after.AcceptedAt.ToUnixTimeMilliseconds(),
                executionId = after.ExecutionId,
                before = before.ToUnixTimeMilliseconds(),
                count,
            },
            cancellationToken: cancellationToken
        );
        var rows = await database.ReadAsync(connection => connection.QueryAsync<ExecutionRow>(command), cancellationToken);
        return [.. rows.Select(row => row.ToRecord())];
    }

    public Task<int> DeleteAcceptedBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "DELETE FROM executions WHERE accepted_at < @Moment",
            new { Moment = moment.ToUnixTimeMilliseconds() },
            cancellationToken
        );

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var probe = ReadinessProbe.Create();
        await AddAsync(probe, cancellationToken);
        await RemoveQueuedAsync(probe, CancellationToken.None);
    }

    private Task<int> CountActiveAsync(string owner, string id, DateTimeOffset acceptedAt, CancellationToken cancellationToken)
    {
        var command = new CommandDefinition(
            $"SELECT count(*) FROM executions WHERE {owner} = @id AND status < 2 AND accepted_at <= @moment AND deadline > @moment",
            new { id, moment = acceptedAt.ToUnixTimeMilliseconds() },
            cancellationToken: cancellationToken
        );
        return database.ReadAsync(connection => connection.ExecuteScalarAsync<int>(command), cancellationToken);
    }

    public void Dispose() => _reads.Dispose();

    // Each result arrives twice. This query is much cheaper than serializing the result for a write that changes nothing.
    private Task<bool> IsFinishedAsync(string executionId, CancellationToken cancellationToken)
    {
        var command = new CommandDefinition(
            "SELECT count(*) FROM executions WHERE execution_id = @executionId AND status = 2",
            new { executionId },
            cancellationToken: cancellationToken
        );
        return database.ReadAsync(connection => connection.ExecuteScalarAsync<bool>(command), cancellationToken);
    }
}
