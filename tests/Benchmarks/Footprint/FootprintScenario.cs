using System.Diagnostics;
using System.Globalization;
using CodeInterpreter.Benchmarks.Product;

namespace CodeInterpreter.Benchmarks.Footprint;

/// <summary>What the product takes while nobody uses it, and how long its services take to get ready.</summary>
internal sealed class FootprintScenario : IScenario
{
    private const double Megabyte = 1024 * 1024;
    private const double BarOfService = 120;
    private const double BarOfStandalone = 180;
    private const double BarOfStart = 3;

    public string Name => "footprint";

    public string Summary =>
        "Idle memory and start of each service: under 120 MiB (standalone 180), ready within 3 s; memory of a warm sandbox.";

    public async Task<Report> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var report = new Report(Name, "what", "idle MiB (PSS)", "idle MiB (RSS)", "ready s, min", "ready s, p50", "ready s, max");
        await using (var product = await BenchedProduct.StartAsync(options, cancellationToken))
        {
            foreach (var service in product.Services.Keys.Order().ToList())
                await MeasureAsync(service, BarOfService, product, options, report, cancellationToken);
            await MeasureSandboxesAsync(report);
        }

        await MeasureStandaloneAsync(options, report, cancellationToken);
        return report;
    }

    private static async Task MeasureAsync(
        string service,
        double bar,
        BenchedProduct product,
        BenchmarkOptions options,
        Report report,
        CancellationToken cancellationToken
    )
    {
        var starts = new Latencies();
        for (var i = 0; i < (options.IsShort ? 1 : 5); i++)
        {
            options.Progress($"{service}: start {i + 1}");
            await product.StopServiceAsync(service);
            await starts.MeasureAsync(() => product.StartServiceAsync(service));
        }

        await RestAsync(options, cancellationToken);
        Describe(service, product.Services[service].Id, bar, starts, report);
    }

    private static async Task MeasureStandaloneAsync(BenchmarkOptions options, Report report, CancellationToken cancellationToken)
    {
        var starts = new Latencies();
        for (var i = options.IsShort ? 1 : 5; i > 0; i--)
        {
            options.Progress("Standalone: start");
            var began = Stopwatch.GetTimestamp();
            await using var product = await StandaloneProcess.StartAsync(StandaloneProcess.NewDataDirectory());
            starts.Add(Stopwatch.GetElapsedTime(began));
            if (i > 1)
                continue;
            await RestAsync(options, cancellationToken);
            Describe("Standalone", product.ProcessId, BarOfStandalone, starts, report);
        }
    }

    // What was needed for the start is given back, or not.
    private static Task RestAsync(BenchmarkOptions options, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromSeconds(options.IsShort ? 2 : 15), cancellationToken);

    private static void Describe(string what, int processId, double bar, Latencies starts, Report report)
    {
        var (pss, rss) = (Pss(processId), new ResidentMemory(processId).Bytes / Megabyte);
        report.Add(what, pss, rss, starts.Percentile(0) / 1000, starts.Percentile(50) / 1000, starts.Percentile(100) / 1000);
        report.Require(pss < bar, $"{what} has {pss:0} MiB while idle, less than {bar} is allowed");
        var ready = starts.Percentile(50) / 1000;
        report.Require(ready <= BarOfStart, $"{what} is ready after {ready:0.0} s, at most {BarOfStart} is allowed");
    }

    private static async Task MeasureSandboxesAsync(Report report)
    {
        foreach (var profile in (string[])["Bare", "Data"])
        {
            var containers = await TestProduct.Docker.RunAsync("ps", "--quiet", "--filter", $"label=code-interpreter.profile={profile}");
            var memory = new List<double>();
            foreach (var container in containers)
            {
                var processes = await TestProduct.Docker.RunAsync("top", container, "-eo", "pid");
                memory.Add(processes.Skip(1).Sum(id => Pss(int.Parse(id, CultureInfo.InvariantCulture))));
            }

            if (memory.Count > 0)
                report.Add($"a warm sandbox ({profile.ToLowerInvariant()})", memory.Average(), "", "", "", "");
        }
    }

    /// <summary>The memory of a process, what it shares with others in parts, in MiB.</summary>
    private static double Pss(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/smaps_rollup").Single(line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return double.Parse(line["Pss:".Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture) / 1024;
    }
}
