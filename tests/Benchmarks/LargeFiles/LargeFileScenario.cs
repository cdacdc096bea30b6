using System.Diagnostics;
using CodeInterpreter.Benchmarks.Baselines;
using CodeInterpreter.Benchmarks.Product;
using CodeInterpreter.Execution.V1;
using Grpc.Core;

namespace CodeInterpreter.Benchmarks.LargeFiles;

/// <summary>
/// A file of 50 MiB on its way out of a sandbox into the store, and from there to its user, beside <c>docker cp</c> of the same file
/// out of a container, and a plain copy.
/// </summary>
internal sealed class LargeFileScenario : IScenario
{
    private const int Megabyte = 1024 * 1024;
    private const int FileBytes = 50 * Megabyte;
    private const double BarOfSpeed = 3;
    private const double BarOfMemory = 64;

    private static readonly string Code = $"""
        import os
        with open("large.bin", "wb") as file:
            file.write(os.urandom({FileBytes}))
        print("written", flush=True)
        """;

    public string Name => "large-files";

    public string Summary =>
        "50 MiB harvested and stored, and downloaded; at least 3 times the rate of docker cp, no service grows by 64 MiB.";

    public async Task<Report> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var report = new Report(Name, ["what", "MiB/s p50", .. Latencies.Columns]);
        var directory = Directory.CreateTempSubdirectory("benchmark-");
        var container = await StartContainerAsync();
        try
        {
            await using var product = await BenchedProduct.StartAsync(options, cancellationToken);
            await MeasureAsync(product, container, directory.FullName, options, report, cancellationToken);
        }
        finally
        {
            await TestProduct.Docker.RunAsync("rm", "--force", container);
            directory.Delete(recursive: true);
        }

        return report;
    }

    private static async Task MeasureAsync(
        BenchedProduct product,
        string container,
        string directory,
        BenchmarkOptions options,
        Report report,
        CancellationToken cancellationToken
    )
    {
        var copied = Path.Combine(directory, "copied.bin");
        using var client = new ExecutionClient(product.Gateway.GrpcAddress);
        var rows = new (string What, Latencies Latencies)[]
        {
            ("harvested and stored", new()),
            ("downloaded over HTTP", new()),
            ("docker cp", new()),
            ("plain copy", new()),
        };

        // The first time is for caches and the compiler; what a service has then is what it is compared with.
        await TransferAsync(client, product, new Latencies(), new Latencies(), cancellationToken);
        var memory = product.Services.ToDictionary(service => service.Key, service => new ResidentMemory(service.Value.Id));
        var before = memory.ToDictionary(service => service.Key, service => service.Value.Bytes);
        foreach (var service in memory.Values)
            service.ForgetPeak();
        for (var round = 1; round <= (options.IsShort ? 3 : 20); round++)
        {
            options.Progress($"Round {round}");
            await product.SettleAsync(cancellationToken);
            await TransferAsync(client, product, rows[0].Latencies, rows[1].Latencies, cancellationToken);
            await product.SettleAsync(cancellationToken);
            await rows[2].Latencies.MeasureAsync(() => TestProduct.Docker.RunAsync("cp", "--quiet", $"{container}:/large.bin", copied));
            await rows[3]
                .Latencies.MeasureAsync(() => Task.Run(() => File.Copy(copied, copied + ".2", overwrite: true), cancellationToken));
        }

        foreach (var (what, latencies) in rows)
            report.Add([what, Rate(latencies), .. latencies.Cells()]);
        foreach (var (what, latencies) in rows[..2])
        {
            var ratio = Rate(latencies) / Rate(rows[2].Latencies);
            report.Add([$"{what} : docker cp", ratio, .. Enumerable.Repeat<object>("", Latencies.Columns.Count)]);
            report.Require(ratio >= BarOfSpeed, $"{what}: {ratio:0.0} times the rate of docker cp, at least {BarOfSpeed} is required");
        }

        foreach (var (service, resident) in memory)
        {
            var growth = (double)(resident.PeakBytes - before[service]) / Megabyte;
            report.Add([$"growth of {service}, MiB", growth, .. Enumerable.Repeat<object>("", Latencies.Columns.Count)]);
            report.Require(growth < BarOfMemory, $"{service} grew by {growth:0} MiB, less than {BarOfMemory} is allowed");
        }
    }

    private static double Rate(Latencies latencies) => FileBytes / (double)Megabyte / latencies.Percentile(50) * 1000;

    private static async Task TransferAsync(
        ExecutionClient client,
        BenchedProduct product,
        Latencies harvested,
        Latencies downloaded,
        CancellationToken cancellationToken
    )
    {
        var file = await HarvestAsync(client, harvested, cancellationToken);
        await downloaded.MeasureAsync(async () =>
        {
            await using var content = await product.Gateway.Http.GetStreamAsync(
                $"/v1/files/{file.FileId}/content?user_id={ExecutionClient.User}",
                cancellationToken
            );
            await content.CopyToAsync(Stream.Null, 128 * 1024, cancellationToken);
        });
        await product.Gateway.Http.DeleteAsync($"/v1/files/{file.FileId}?user_id={ExecutionClient.User}", cancellationToken);
    }

    /// <summary>From the code's last word to the stored file, as the caller sees it.</summary>
    private static async Task<GeneratedFile> HarvestAsync(ExecutionClient client, Latencies harvested, CancellationToken cancellationToken)
    {
        using var call = client.Api.ExecuteStream(ExecutionClient.RequestOf(Code), cancellationToken: cancellationToken);
        var written = 0L;
        await foreach (var happened in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (happened.EventCase == ExecutionEvent.EventOneofCase.Stdout)
                written = Stopwatch.GetTimestamp();
            if (happened.EventCase != ExecutionEvent.EventOneofCase.Finished)
                continue;
            harvested.Add(Stopwatch.GetElapsedTime(written));
            return happened.Finished.GeneratedFiles.Single();
        }

        throw new InvalidOperationException("The stream ended before the execution did.");
    }

    private static async Task<string> StartContainerAsync()
    {
        var container = (
            await TestProduct.Docker.RunAsync("run", "--detach", "--network", "none", "--entrypoint", "sleep", DockerRun.Image, "3600")
        ).Single();
        await TestProduct.Docker.RunAsync(
            "exec",
            "--user",
            "0",
            container,
            "python3",
            "-c",
            $"import os; open('/large.bin', 'wb').write(os.urandom({FileBytes}))"
        );
        return container;
    }
}
