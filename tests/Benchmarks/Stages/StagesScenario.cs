using CodeInterpreter.Benchmarks.Baselines;
using CodeInterpreter.Benchmarks.Product;
using CodeInterpreter.TestProduct.Telemetry;
using CodeInterpreter.TestProduct.Telemetry.Otlp;

namespace CodeInterpreter.Benchmarks.Stages;

/// <summary>Where the time of an execution goes, as its traces tell.</summary>
internal sealed class StagesScenario : IScenario
{
    // Spans come in batches, at the latest after so long.
    private static readonly TimeSpan LastBatch = TimeSpan.FromSeconds(6);

    public string Name => "stages";

    public string Summary =>
        "The spans of print(1) and of four files, one execution after the other, and of print(1) at half of the engine's ceiling: "
        + "when each begins after the call, and how long it takes.";

    public async Task<Report> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var report = new Report(Name, "load", "span", "by", "n", "begins after ms, p50", "takes ms, p50", "takes ms, p95");
        var rate = await EngineCeiling.MeasureAsync(options, cancellationToken) / 2;
        await using var collector = await SpanCollector.StartAsync();
        await using var product = await BenchedProduct.StartAsync(
            options,
            cancellationToken,
            new("Telemetry:OtlpEndpoint", collector.Address),
            new("Telemetry:TraceRatio", "1")
        );
        using var client = new ExecutionClient(product.Gateway.GrpcAddress);
        await Load.ClosedLoopAsync(2, TimeSpan.FromSeconds(3), new Latencies(), () => client.ExecuteAsync("print(0)", cancellationToken));

        foreach (var (name, code) in new[] { ("print(1)", "print(1)"), ("four files", Programs.FourFiles) })
        {
            options.Progress($"{name}, one at a time");
            Describe(
                $"{name}, one at a time",
                report,
                await SpansOfAsync(
                    collector,
                    async () =>
                    {
                        for (var i = 0; i < (options.IsShort ? 10 : 100); i++)
                        {
                            await product.SettleAsync(cancellationToken);
                            await client.ExecuteAsync(code, cancellationToken);
                        }
                    },
                    cancellationToken
                )
            );
        }

        options.Progress("Half of the engine's ceiling");
        await product.SettleAsync(cancellationToken);
        Describe(
            "print(1), 50 %",
            report,
            await SpansOfAsync(
                collector,
                () =>
                    Load.OpenLoopAsync(
                        rate,
                        TimeSpan.FromSeconds(options.IsShort ? 5 : 40),
                        new Latencies(),
                        () => client.ExecuteAsync("print(1)", cancellationToken)
                    ),
                cancellationToken
            )
        );
        return report;
    }

    private static async Task<IReadOnlyCollection<CollectedSpan>> SpansOfAsync(
        SpanCollector collector,
        Func<Task> work,
        CancellationToken cancellationToken
    )
    {
        await Task.Delay(LastBatch, cancellationToken);
        var earlier = collector.Spans.Count;
        await work();
        await Task.Delay(LastBatch, cancellationToken);
        return [.. collector.Spans.Skip(earlier)];
    }

    private static void Describe(string load, Report report, IReadOnlyCollection<CollectedSpan> spans)
    {
        var began = spans
            .Where(span => span.Span.ParentSpanId.IsEmpty)
            .GroupBy(span => span.Span.TraceId)
            .ToDictionary(trace => trace.Key, trace => trace.Min(span => span.Span.StartTimeUnixNano));
        var stages = spans
            .Where(span => began.ContainsKey(span.Span.TraceId))
            .GroupBy(span => (span.Scope, span.Span.Name))
            .Select(stage =>
                (
                    stage.Key,
                    Begins: Of(stage, span => span.StartTimeUnixNano - began[span.TraceId]),
                    Takes: Of(stage, span => span.EndTimeUnixNano - span.StartTimeUnixNano)
                )
            )
            .OrderBy(stage => stage.Begins.Percentile(50));
        foreach (var (key, begins, takes) in stages)
            report.Add(load, key.Name, key.Scope, takes.Count, begins.Percentile(50), takes.Percentile(50), takes.Percentile(95));
    }

    private static Latencies Of(IEnumerable<CollectedSpan> spans, Func<Span, ulong> nanoseconds)
    {
        var latencies = new Latencies();
        foreach (var collected in spans)
            latencies.Add(TimeSpan.FromMicroseconds(nanoseconds(collected.Span) / 1000.0));
        return latencies;
    }
}
