using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.Benchmarks.StoreScale;

/// <summary>The records of files: what a call costs among few, and among very many.</summary>
internal sealed class StoreScaleScenario : IScenario
{
    private const int PageSize = 50;
    private const int Deep = 300;
    private const double Bar = 1.5;

    private static readonly (string Name, Func<IFileMetadata, Population, Random, Task> CallAsync)[] Calls =
    [
        (
            "Get",
            async (metadata, population, random) =>
            {
                var file = population.AnyFile(random);
                Check(await metadata.FindAsync(file.UserId, file.FileId, Population.Now, CancellationToken.None) is not null);
            }
        ),
        (
            "List, first page",
            (metadata, population, random) => ListAsync(metadata, new FileQuery(population.AnyFile(random).UserId), after: null, PageSize)
        ),
        (
            "List, page deep inside",
            (metadata, population, random) =>
            {
                var file = population.AnyFile(random, Deep);
                return ListAsync(metadata, new FileQuery(file.UserId), new FilePosition(file.UploadedAt, file.FileId), count: 0);
            }
        ),
        (
            "List, of one execution",
            (metadata, population, random) =>
            {
                var file = population.AnyFile(random);
                return ListAsync(metadata, new FileQuery(file.UserId, file.ExecutionId), after: null, count: 1);
            }
        ),
    ];

    public string Name => "store-scale";

    public string Summary => $"Get and List among 1,000 and 1,000,000 records; at most {Bar} times the cost.";

    public async Task<Report> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var large = options.IsShort ? 100_000 : 1_000_000;
        var report = new Report(
            Name,
            "database",
            "call",
            "1,000: p50 ms",
            "1,000: p95 ms",
            $"{large:N0}: p50 ms",
            $"{large:N0}: p95 ms",
            "ratio of p50"
        );

        await using (var few = await SqliteLoader.LoadAsync(1_000, options.Progress, cancellationToken))
        await using (var many = await SqliteLoader.LoadAsync(large, options.Progress, cancellationToken))
            await CompareAsync(few, many, options, report);

        await using var server = await MongoServer.LaunchAsync(cancellationToken);
        await using (var few = await MongoLoader.LoadAsync(server, 1_000, options.Progress, cancellationToken))
        await using (var many = await MongoLoader.LoadAsync(server, large, options.Progress, cancellationToken))
            await CompareAsync(few, many, options, report);
        return report;
    }

    // One call of each by turns, so that whatever else goes on meets both alike.
    private static async Task CompareAsync(LoadedStore few, LoadedStore many, BenchmarkOptions options, Report report)
    {
        var rounds = options.IsShort ? 200 : 2_000;
        foreach (var (name, callAsync) in Calls)
        {
            options.Progress($"{few.Database}: {name}");
            var (amongFew, amongMany) = (new Latencies(), new Latencies());
            var random = new Random(1);
            for (var round = -rounds / 10; round < rounds; round++)
            {
                // The first ones are for caches and the compiler.
                var (first, second) = round < 0 ? (new Latencies(), new Latencies()) : (amongFew, amongMany);
                await first.MeasureAsync(() => callAsync(few.Metadata, few.Population, random));
                await second.MeasureAsync(() => callAsync(many.Metadata, many.Population, random));
            }

            var ratio = amongMany.Percentile(50) / amongFew.Percentile(50);
            report.Add(
                few.Database,
                name,
                amongFew.Percentile(50),
                amongFew.Percentile(95),
                amongMany.Percentile(50),
                amongMany.Percentile(95),
                ratio
            );
            report.Require(ratio <= Bar, $"{few.Database}, {name}: {ratio:0.00} times the cost, at most {Bar} is allowed");
        }
    }

    private static async Task ListAsync(IFileMetadata metadata, FileQuery query, FilePosition? after, int count)
    {
        var files = await metadata.ListAsync(query, after, PageSize, Population.Now, CancellationToken.None);
        Check(files.Count >= count);
    }

    private static void Check(bool isAsExpected)
    {
        if (!isAsExpected)
            throw new InvalidOperationException("The store does not have what was loaded into it.");
    }
}
