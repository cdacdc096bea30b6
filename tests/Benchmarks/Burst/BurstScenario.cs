using System.Diagnostics;
using CodeInterpreter.Benchmarks.Product;
using Grpc.Core;

namespace CodeInterpreter.Benchmarks.Burst;

/// <summary>So many callers at the same moment: twice as many each time, until somebody gets no result.</summary>
internal sealed class BurstScenario : IScenario
{
    private const string Code = "print(1)";
    private const int First = 16;

    public string Name => "burst";

    public string Summary =>
        "16, 32, 64 ... executions at once until one is not answered with its result; what is not taken must be refused.";

    public async Task<Report> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var report = new Report(Name, ["at once", "for each second", "refused", "other errors", "kinds", .. Latencies.Columns]);
        await using var product = await BenchedProduct.StartAsync(options, cancellationToken);
        using var client = new ExecutionClient(product.Gateway.GrpcAddress);
        await client.ExecuteAsync(Code, cancellationToken);
        var most = options.IsShort ? 64 : 4096;
        var broken = false;
        for (var size = First; size <= most && !broken; size *= 2)
        {
            options.Progress($"{size} at once");
            await product.SettleAsync(cancellationToken);
            broken = !await BurstAsync(size, client, report, cancellationToken);
        }

        await product.SettleAsync(cancellationToken);
        await client.ExecuteAsync(Code, cancellationToken);
        return report;
    }

    private static async Task<bool> BurstAsync(int size, ExecutionClient client, Report report, CancellationToken cancellationToken)
    {
        var latencies = new Latencies();
        var kinds = new List<string>();
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, size)
                .Select(async _ =>
                {
                    var kind = await TryAsync(client, latencies, cancellationToken);
                    if (kind is null)
                        return;
                    lock (kinds)
                        kinds.Add(kind);
                    latencies.AddError();
                })
        );

        var rate = latencies.Count / Stopwatch.GetElapsedTime(began).TotalSeconds;
        var refused = kinds.Count(kind => kind is nameof(StatusCode.ResourceExhausted) or "TimedOut");
        report.Add([size, rate, refused, kinds.Count - refused, string.Join(", ", kinds.Distinct()), .. latencies.Cells()]);
        report.Require(refused == kinds.Count, $"{size} at once: {kinds.Count - refused} were neither answered nor refused");
        return kinds.Count == 0;
    }

    /// <summary>Null, or how it went wrong.</summary>
    private static async Task<string?> TryAsync(ExecutionClient client, Latencies latencies, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = "";
            await latencies.MeasureAsync(async () =>
            {
                var result = await client.Api.ExecuteAsync(ExecutionClient.RequestOf(Code), cancellationToken: cancellationToken);
                outcome = result.Success ? "" : $"{result.Outcome}";
            });
            return outcome.Length == 0 ? null : outcome;
        }
        catch (RpcException exception)
        {
            return $"{exception.StatusCode}";
        }
    }
}
