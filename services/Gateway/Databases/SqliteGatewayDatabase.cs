using CodeInterpreter.Gateway.Settings;
using CodeInterpreter.ServiceDefaults.Databases;
using CodeInterpreter.ServiceDefaults.Storage;
using Dapper;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Databases;

/// <summary>The database of executions, their events and API keys, <c>executions.db</c> in the data directory.</summary>
internal sealed class SqliteGatewayDatabase(IOptions<GatewayOptions> options, TimeProvider timeProvider)
    : SqliteDatabase(Path.Combine(options.Value.DataDirectory, "executions.db"), Schema, timeProvider, DatabaseErrors.Unavailable)
{
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
        """
            ALTER TABLE api_keys ADD COLUMN expires_at INTEGER NULL;
            ALTER TABLE executions ADD COLUMN caller_id TEXT NULL;
            CREATE INDEX executions_active_of_users ON executions (user_id) WHERE status < 2;
            CREATE INDEX executions_active_of_callers ON executions (caller_id) WHERE status < 2;
            CREATE TABLE gateway_usage (
                replica_id TEXT NOT NULL PRIMARY KEY,
                stored_at INTEGER NOT NULL,
                usage TEXT NOT NULL);
            """,
        "CREATE INDEX execution_log_user_id ON execution_log (user_id);",
    ];

    public Task<int> WriteAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        WriteAsync(
            writer => writer.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)),
            cancellationToken
        );

    protected override void Prepare() => PrivateDirectory.Create(options.Value.DataDirectory);
}
