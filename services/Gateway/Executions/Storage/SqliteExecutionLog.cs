using System.Text.Json;
using CodeInterpreter.Gateway.Databases;
using CodeInterpreter.Gateway.Executions.Records;
using Dapper;

namespace CodeInterpreter.Gateway.Executions.Storage;

/// <summary>The log of live executions in the SQLite file of the executions.</summary>
internal sealed class SqliteExecutionLog(SqliteGatewayDatabase database) : IExecutionLog
{
    internal const string DeleteOfUser = "DELETE FROM execution_log WHERE user_id = @userId";

    public Task AppendAsync(LogEntry entry, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            """
            INSERT INTO execution_log (execution_id, sequence, user_id, added_at, entry)
            VALUES (@ExecutionId, @Sequence, @UserId, @AddedAt, @Entry) ON CONFLICT DO NOTHING
            """,
            new
            {
                entry.ExecutionId,
                entry.Sequence,
                entry.UserId,
                AddedAt = now.ToUnixTimeMilliseconds(),
                Entry = JsonSerializer.Serialize(entry, ResultJson.Compact.LogEntry),
            },
            cancellationToken
        );

    public async Task<IReadOnlyList<LogEntry>> ReadAsync(
        string userId,
        string executionId,
        long after,
        int count,
        CancellationToken cancellationToken
    )
    {
        var command = new CommandDefinition(
            """
            SELECT entry FROM execution_log WHERE execution_id = @executionId AND user_id = @userId AND sequence > @after
            ORDER BY sequence LIMIT @count
            """,
            new
            {
                executionId,
                userId,
                after,
                count,
            },
            cancellationToken: cancellationToken
        );
        var entries = await database.ReadAsync(connection => connection.QueryAsync<string>(command), cancellationToken);
        return [.. entries.Select(entry => JsonSerializer.Deserialize(entry, ResultJson.Compact.LogEntry)!)];
    }

    public Task DeleteAsync(string userId, string executionId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "DELETE FROM execution_log WHERE execution_id = @executionId AND user_id = @userId",
            new { executionId, userId },
            cancellationToken
        );

    public Task DeleteAsync(string userId, CancellationToken cancellationToken) =>
        database.WriteAsync(DeleteOfUser, new { userId }, cancellationToken);

    public Task DeleteBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "DELETE FROM execution_log WHERE added_at < @Moment",
            new { Moment = moment.ToUnixTimeMilliseconds() },
            cancellationToken
        );
}
