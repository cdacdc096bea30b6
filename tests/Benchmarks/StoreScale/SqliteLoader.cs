using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.FileStore.Settings;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Benchmarks.StoreScale;

/// <summary>Fills SQLite databases, past the product, in large transactions.</summary>
internal static class SqliteLoader
{
    private const int BatchSize = 50_000;

    public static async Task<LoadedStore> LoadAsync(int count, Action<string> progress, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("benchmark-").FullName;
        var metadata = new SqliteFileMetadata(Options.Create(new FileStoreOptions { DataDirectory = directory }));
        await metadata.InitializeAsync(cancellationToken);
        var population = new Population(count);
        await using (var connection = new SqliteConnection($"Data Source={directory}/metadata.db;Pooling=False"))
        {
            await connection.OpenAsync(cancellationToken);
            await connection.ExecuteAsync("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;");
            var loaded = 0;
            foreach (var batch in population.All().Chunk(BatchSize))
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await connection.ExecuteAsync(SqliteStatements.Add, batch.Select(FileRow.From), transaction);
                await transaction.CommitAsync(cancellationToken);
                progress($"SQLite: {loaded += batch.Length} of {count} records");
            }

            await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE);");
        }

        return new LoadedStore(
            "SQLite",
            population,
            metadata,
            async () =>
            {
                await metadata.DisposeAsync();
                SqliteConnection.ClearAllPools();
                Directory.Delete(directory, recursive: true);
            }
        );
    }
}
