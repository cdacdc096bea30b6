using CodeInterpreter.EndToEnd.Tests;

namespace CodeInterpreter.Benchmarks.StoreMemory;

/// <summary>The memory of a file store that passes many large files on at once.</summary>
internal sealed class StoreMemoryScenario : IScenario
{
    private const int AtOnce = 8;
    private const long FileBytes = 50 * Megabyte;
    private const long Megabyte = 1024 * 1024;
    private const double Bar = 64;

    public string Name => "store-memory";

    public string Summary => $"{AtOnce} uploads and {AtOnce} downloads of 50 MiB at once; the store grows by less than {Bar} MiB.";

    public async Task<Report> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var report = new Report(Name, "round", "before MiB", "peak MiB", "after MiB", "growth MiB");
        var directory = Directory.CreateTempSubdirectory("benchmark-");
        try
        {
            await using var store = await ServiceProcess.StartAsync(
                "FileStore",
                new Dictionary<string, string> { ["FileStore:DataDirectory"] = directory.FullName }
            );
            await MeasureAsync(store, options.IsShort ? 1 : 10, report, options, cancellationToken);
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        return report;
    }

    private static async Task MeasureAsync(
        ServiceProcess store,
        int rounds,
        Report report,
        BenchmarkOptions options,
        CancellationToken cancellationToken
    )
    {
        var traffic = new FileTraffic(store.GrpcAddress, "benchmark");
        var small = await traffic.UploadAsync(Megabyte, cancellationToken);
        await traffic.DownloadAsync(small, cancellationToken);
        var memory = new ResidentMemory(store.Id);
        var before = memory.Bytes;
        memory.ForgetPeak();
        var large = await traffic.UploadAsync(FileBytes, cancellationToken);
        for (var round = 1; round <= rounds; round++)
        {
            options.Progress($"Round {round} of {rounds}");
            var transfers = Enumerable
                .Range(0, AtOnce)
                .SelectMany<int, Task>(_ =>
                    [traffic.UploadAsync(FileBytes, cancellationToken), traffic.DownloadAsync(large, cancellationToken)]
                );
            await Task.WhenAll(transfers);
            var growth = Mebibytes(memory.PeakBytes - before);
            report.Add(round, Mebibytes(before), Mebibytes(memory.PeakBytes), Mebibytes(memory.Bytes), growth);
            report.Require(growth < Bar, $"round {round}: it grew by {growth:0} MiB, less than {Bar} is allowed");
        }
    }

    private static double Mebibytes(long bytes) => (double)bytes / Megabyte;
}
