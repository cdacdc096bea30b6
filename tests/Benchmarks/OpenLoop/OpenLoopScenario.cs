using CodeInterpreter.Benchmarks.Baselines;
using CodeInterpreter.Benchmarks.Product;

namespace CodeInterpreter.Benchmarks.OpenLoop;

/// <summary>Callers who come at random and do not wait for each other, at parts of what the engine can do.</summary>
internal sealed class OpenLoopScenario : IScenario
{
    private const string Code = "print(1)";
    private const double Bar = 3;

    private static readonly int[] Percents = [25, 50, 80];

    public string Name => "open-loop";

    public string Summary =>
        "Poisson arrivals at 25, 50, 80 % of the engine's ceiling; p95 at 50 % at most 3 times the idle p50, no errors.";

    public async Task<Report> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var report = new Report(Name, ["load", "for each second", "pool hits", .. Latencies.Columns]);
        await using var product = await BenchedProduct.StartAsync(options, cancellationToken);
        using var client = new ExecutionClient(product.Gateway.GrpcAddress);
        await Load.ClosedLoopAsync(2, TimeSpan.FromSeconds(3), new Latencies(), () => client.ExecuteAsync(Code, cancellationToken));

        var ceiling = await EngineCeiling.MeasureAsync(options, cancellationToken);
        report.Add(["the engine's ceiling", ceiling, "", .. Enumerable.Repeat<object>("", Latencies.Columns.Count)]);

        options.Progress("One execution at a time");
        var idle = new Latencies();
        for (var i = 0; i < (options.IsShort ? 10 : 50); i++)
        {
            await product.SettleAsync(cancellationToken);
            await idle.MeasureAsync(() => client.ExecuteAsync(Code, cancellationToken));
        }

        report.Add(["one at a time", "", "", .. idle.Cells()]);
        foreach (var percent in Percents)
        {
            options.Progress($"{percent} % of the ceiling");
            await product.SettleAsync(cancellationToken);
            var rate = ceiling * percent / 100;
            var before = await PoolState.ReadAsync(product.Runner.Http, cancellationToken);
            var latencies = new Latencies();
            await Load.OpenLoopAsync(
                rate,
                TimeSpan.FromSeconds(options.IsShort ? 5 : 40),
                latencies,
                () => client.ExecuteAsync(Code, cancellationToken)
            );
            var after = await PoolState.ReadAsync(product.Runner.Http, cancellationToken);
            var (hits, misses) = (after.Hits - before.Hits, after.Misses - before.Misses);
            report.Add([$"{percent} %", rate, $"{100 * hits / Math.Max(1, hits + misses)} %", .. latencies.Cells()]);
            report.Require(latencies.Errors == 0, $"{percent} %: {latencies.Errors} errors, none is allowed");
            var ratio = latencies.Percentile(95) / idle.Percentile(50);
            report.Require(percent != 50 || ratio <= Bar, $"50 %: p95 is {ratio:0.0} times the idle p50, at most {Bar} is allowed");
        }

        return report;
    }
}
