using System.Text.Json;
using CodeInterpreter.Gateway.Databases;
using Dapper;

namespace CodeInterpreter.Gateway.Limits.Sharing;

/// <summary>Usage of the processes that share a SQLite file.</summary>
internal sealed class SqliteUsageStore(SqliteGatewayDatabase database) : IUsageStore
{
    public async Task<IReadOnlyList<ReplicaUsage>> ExchangeAsync(ReplicaUsage own, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync(
                    "INSERT OR REPLACE INTO gateway_usage (replica_id, stored_at, usage) VALUES (@ReplicaId, @StoredAt, @Usage)",
                    new
                    {
                        own.ReplicaId,
                        StoredAt = now.ToUnixTimeMilliseconds(),
                        Usage = JsonSerializer.Serialize(own),
                    }
                );
                return await connection.QueryAsync<string>(
                    "SELECT usage FROM gateway_usage WHERE replica_id <> @ReplicaId",
                    new { own.ReplicaId }
                );
            },
            cancellationToken
        );
        return [.. rows.Select(row => JsonSerializer.Deserialize<ReplicaUsage>(row)!)];
    }

    public Task DeleteBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "DELETE FROM gateway_usage WHERE stored_at < @Moment",
            new { Moment = moment.ToUnixTimeMilliseconds() },
            cancellationToken
        );

    public Task DeleteAsync(string replicaId, CancellationToken cancellationToken) =>
        database.WriteAsync("DELETE FROM gateway_usage WHERE replica_id = @replicaId", new { replicaId }, cancellationToken);
}
