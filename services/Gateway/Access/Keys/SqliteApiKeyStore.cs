using CodeInterpreter.Gateway.Databases;
using Dapper;

namespace CodeInterpreter.Gateway.Access.Keys;

/// <summary>API keys in the SQLite file that also has the executions.</summary>
internal sealed class SqliteApiKeyStore(SqliteGatewayDatabase database) : IApiKeyStore
{
    public Task AddAsync(ApiKey key, CancellationToken cancellationToken) =>
        database.WriteAsync(
            """
            INSERT INTO api_keys (key_id, name, user_id, hash, created_at, expires_at, revoked_at)
            VALUES (@KeyId, @Name, @UserId, @Hash, @CreatedAt, @ExpiresAt, @RevokedAt)
            """,
            new
            {
                key.KeyId,
                key.Name,
                key.UserId,
                key.Hash,
                CreatedAt = key.CreatedAt.ToUnixTimeMilliseconds(),
                ExpiresAt = key.ExpiresAt?.ToUnixTimeMilliseconds(),
                RevokedAt = key.RevokedAt?.ToUnixTimeMilliseconds(),
            },
            cancellationToken
        );

    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken)
    {
        var command = new CommandDefinition(
            """
            SELECT key_id AS KeyId, name AS Name, user_id AS UserId, hash AS Hash, created_at AS CreatedAt,
                expires_at AS ExpiresAt, revoked_at AS RevokedAt
            FROM api_keys ORDER BY created_at, key_id
            """,
            cancellationToken: cancellationToken
        );
        var rows = await database.ReadAsync(connection => connection.QueryAsync<Row>(command), cancellationToken);
        return [.. rows.Select(row => row.ToKey())];
    }

    public async Task<bool> RevokeAsync(string keyId, DateTimeOffset now, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            "UPDATE api_keys SET revoked_at = coalesce(revoked_at, @Now) WHERE key_id = @keyId",
            new { keyId, Now = now.ToUnixTimeMilliseconds() },
            cancellationToken
        ) == 1;

    private sealed class Row
    {
        public required string KeyId { get; init; }

        public required string Name { get; init; }

        public string? UserId { get; init; }

        public required string Hash { get; init; }

        public required long CreatedAt { get; init; }

        public long? ExpiresAt { get; init; }

        public long? RevokedAt { get; init; }

        public ApiKey ToKey() =>
            new()
            {
                KeyId = KeyId,
                Name = Name,
                UserId = UserId,
                Hash = Hash,
                CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
                ExpiresAt = ExpiresAt is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(end) : null,
                RevokedAt = RevokedAt is { } moment ? DateTimeOffset.FromUnixTimeMilliseconds(moment) : null,
            };
    }
}
