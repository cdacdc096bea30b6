using System.Diagnostics;
using CodeInterpreter.Benchmarks.Product;
using CodeInterpreter.Execution.V1;

namespace CodeInterpreter.Benchmarks.Queue;

/// <summary>Executions that pile up while there is no runner, and what becomes of them once there is one.</summary>
internal sealed class QueueScenario : IScenario
{
    private const string Code = "print(1)";
    private const int Callers = 32;
    private const double Bar = 500;
    private const double Megabyte = 1024 * 1024;
    private const double LongestWait = 300;

    public string Name => "queue";

    public string Summary =>
        "10,000 executions accepted while no runner is there, then run; at least 500 accepted for each second, none lost.";

    public async Task<Report> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var count = options.IsShort ? 200 : 10_000;
        var report = new Report(Name, ["what", "executions", "for each second", "lost", .. Latencies.Columns]);
        await using var product = await BenchedProduct.StartAsync(
            options,
            cancellationToken,
            new KeyValuePair<string, string>("Gateway:Executions:QueueTimeout", "02:00:00")
        );
        using var client = new ExecutionClient(product.Gateway.GrpcAddress);
        await Load.ClosedLoopAsync(Callers, TimeSpan.FromSeconds(2), new Latencies(), () => SubmitAsync(client, cancellationToken));
        await product.SettleAsync(cancellationToken);
        await product.StopServiceAsync("Runner");
        var memory = new ResidentMemory(product.Gateway.Id);
        var before = memory.Bytes;
        memory.ForgetPeak();

        options.Progress($"Accepting {count} executions");
        var (accepted, ids, rate) = await AcceptAsync(client, count, cancellationToken);
        report.Add(["accepted", ids.Count, rate, "", .. accepted.Cells()]);
        report.Require(rate >= Bar, $"{rate:0} accepted for each second, at least {Bar} are required");
        report.Require(accepted.Errors == 0, $"{accepted.Errors} were not accepted");

        var began = Stopwatch.GetTimestamp();
        await product.StartServiceAsync("Runner");
        var lost = await CountLostAsync(client, ids, options, cancellationToken);
        report.Add([
            "run",
            ids.Count,
            ids.Count / Stopwatch.GetElapsedTime(began).TotalSeconds,
            lost,
            .. Enumerable.Repeat<object>("", Latencies.Columns.Count),
        ]);
        report.Require(lost == 0, $"{lost} were lost, none is allowed");
        var growth = (memory.PeakBytes - before) / Megabyte;
        report.Add(["growth of the gateway, MiB", "", growth, "", .. Enumerable.Repeat<object>("", Latencies.Columns.Count)]);
        return report;
    }

    private static async Task<(Latencies Accepted, List<string> Ids, double Rate)> AcceptAsync(
        ExecutionClient client,
        int count,
        CancellationToken cancellationToken
    )
    {
        var (accepted, ids, left) = (new Latencies(), new List<string>(), count);
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, Callers)
                .Select(async _ =>
                {
                    while (Interlocked.Decrement(ref left) >= 0)
                    {
                        await accepted.MeasureAsync(async () =>
                        {
                            var id = await SubmitAsync(client, cancellationToken);
                            lock (ids)
                                ids.Add(id);
                        });
                    }
                })
        );
        return (accepted, ids, ids.Count / Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private static async Task<string> SubmitAsync(ExecutionClient client, CancellationToken cancellationToken) =>
        (await client.Api.SubmitAsync(ExecutionClient.RequestOf(Code), cancellationToken: cancellationToken)).ExecutionId;

    /// <summary>Waits for each of them, in the order in which they run, and counts those without the result of their code.</summary>
    private static async Task<int> CountLostAsync(
        ExecutionClient client,
        List<string> ids,
        BenchmarkOptions options,
        CancellationToken cancellationToken
    )
    {
        var lost = 0;
        for (var i = 0; i < ids.Count; i++)
        {
            if (i % 500 == 0)
                options.Progress($"{i} of {ids.Count} have been run");
            var request = new WaitForExecutionRequest
            {
                UserId = ExecutionClient.User,
                ExecutionId = ids[i],
                TimeoutSeconds = LongestWait,
            };
            var execution = await client.Api.WaitAsync(request, cancellationToken: cancellationToken);
            if (execution.Result is not { Success: true, Output: "1\n" })
                lost++;
        }

        return lost;
    }
}
