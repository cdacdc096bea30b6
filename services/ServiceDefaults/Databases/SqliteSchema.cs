using System.Data.Common;

namespace CodeInterpreter.ServiceDefaults.Databases;

/// <summary>Brings an embedded database from the schema it was made with to the one of today.</summary>
public static class SqliteSchema
{
    /// <summary>
    /// Takes those of the <paramref name="steps"/> that the database has not seen; their number is its <c>user_version</c>. Each
    /// is taken as a whole or not at all, and once, however many processes begin at the same time.
    /// </summary>
    public static async Task UpgradeAsync(DbConnection connection, IReadOnlyList<string> steps, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, "BEGIN IMMEDIATE;", cancellationToken);
        try
        {
            for (var step = await VersionAsync(connection, cancellationToken); step < steps.Count; step++)
                await ExecuteAsync(connection, $"{steps[step]}; PRAGMA user_version = {step + 1};", cancellationToken);
            await ExecuteAsync(connection, "COMMIT;", cancellationToken);
        }
        catch
        {
            await ExecuteAsync(connection, "ROLLBACK;", CancellationToken.None);
            throw;
        }
    }

    private static async Task<int> VersionAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version;";
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task ExecuteAsync(DbConnection connection, string statements, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statements;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
