using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.MongoDatabases;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.Benchmarks.StoreScale;

/// <summary>Fills MongoDB databases, past the product, with many documents at a time.</summary>
internal static class MongoLoader
{
    private const int BatchSize = 5_000;
    private const int AtOnce = 4;

    public static async Task<LoadedStore> LoadAsync(
        MongoServer server,
        int count,
        Action<string> progress,
        CancellationToken cancellationToken
    )
    {
        var database = new MongoTestDatabase(server);
        var connection = database.Connect();
        var metadata = new MongoFileMetadata(connection, TimeProvider.System);
        await metadata.InitializeAsync(cancellationToken);
        var population = new Population(count);
        var files = database["user_files"];
        var loaded = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            population.All().Chunk(BatchSize),
            parallel,
            async (batch, token) =>
            {
                await files.InsertManyAsync(batch.Select(MongoFileDocument.From), options: null, token);
                progress($"MongoDB: {Interlocked.Add(ref loaded, batch.Length)} of {count} records");
            }
        );
        return new LoadedStore(
            server.IsStandIn ? "MongoDB (stand-in)" : "MongoDB",
            population,
            metadata,
            async () =>
            {
                connection.Dispose();
                await database.DisposeAsync();
            }
        );
    }
}
