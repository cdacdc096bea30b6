using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.Benchmarks.Product;
using CodeInterpreter.Execution.V1;

namespace CodeInterpreter.Benchmarks.Neighbours;

/// <summary>How long one user's short program takes while others have all that they may, and their code sleeps or computes.</summary>
internal sealed class NeighbourScenario : IScenario
{
    private const string Code = "print(1)";
    private const string Expected = "1\n";
    private const int ExecutionsEach = 32;

    private static readonly (string Name, string Code)[] Neighbours =
    [
        ("sleeping", "import time\ntime.sleep(60)"),
        ("computing", "while True: pass"),
    ];

    public string Name => "neighbours";

    public string Summary =>
        "print(1) while others have 32 executions of 60 s each; p95 at most 1 s with one of them, 3 s with twenty, however it is called.";

    public async Task<Report> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var report = new Report(Name, ["runners", "others", "their code", "called over", .. Latencies.Columns]);
        for (var runners = 1; runners <= 2; runners++)
        {
            foreach (var (kind, code) in Neighbours)
            {
                await using var product = await BenchedProduct.StartAsync(
                    options,
                    cancellationToken,
                    new KeyValuePair<string, string>("Gateway:Executions:QueueTimeout", "01:00:00")
                );
                if (runners == 2)
                    await product.AddRunnerAsync();
                await MeasureAsync(product, (runners, kind, code), report, options, cancellationToken);
            }
        }

        return report;
    }

    private static async Task MeasureAsync(
        BenchedProduct product,
        (int Runners, string Kind, string Code) neighbours,
        Report report,
        BenchmarkOptions options,
        CancellationToken cancellationToken
    )
    {
        await product.SettleAsync(cancellationToken);
        using var grpc = new ExecutionClient(product.Gateway.GrpcAddress);
        await using var amqp = await AmqpCaller.ConnectAsync(product.Broker, cancellationToken);
        (string Name, Func<Task<string>> Call)[] ways =
        [
            ("HTTP", () => ExecuteOverHttpAsync(product.Gateway.Http, cancellationToken)),
            ("gRPC", async () => (await grpc.ExecuteAsync(Code, cancellationToken)).Output),
            ("AMQP", () => amqp.ExecuteAsync(ExecutionClient.User, Code, cancellationToken)),
        ];
        var submitted = new List<(string User, string Id)>();
        foreach (var (users, bar) in ((int, double)[])[(0, 1000), (1, 1000), (20, 3000)])
        {
            options.Progress($"{neighbours.Runners} runners, {users} users {neighbours.Kind}");
            for (var user = submitted.Count / ExecutionsEach; user < users; user++)
                submitted.AddRange(await SubmitAsync(grpc, $"neighbour-{user}", neighbours.Code, cancellationToken));
            await UntilSteadyAsync(product.Runner.Http, cancellationToken);
            foreach (var (way, call) in ways)
            {
                var latencies = new Latencies();
                for (var i = 0; i < (options.IsShort ? 20 : 100); i++)
                {
                    var output = "";
                    await latencies.MeasureAsync(async () => output = await call());
                    if (output != Expected)
                        latencies.AddError();
                }

                options.Progress(
                    $"{way}: p50 {latencies.Percentile(50):0} ms, p95 {latencies.Percentile(95):0} ms, {latencies.Errors} errors"
                );
                report.Add([neighbours.Runners, users, users == 0 ? "" : neighbours.Kind, way, .. latencies.Cells()]);
                report.Require(
                    latencies.Percentile(95) <= bar && latencies.Errors == 0,
                    $"{neighbours.Runners} runners, {users} users {neighbours.Kind}, {way}: "
                        + $"p95 {latencies.Percentile(95):0} ms, {latencies.Errors} errors"
                );
            }
        }

        options.Progress("Cancelling what is left");
        await Parallel.ForEachAsync(
            submitted,
            new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = cancellationToken },
            async (execution, token) =>
                await grpc.Api.CancelAsync(
                    new CancelExecutionRequest { UserId = execution.User, ExecutionId = execution.Id },
                    cancellationToken: token
                )
        );
    }

    private static async Task<List<(string User, string Id)>> SubmitAsync(
        ExecutionClient client,
        string user,
        string code,
        CancellationToken cancellationToken
    )
    {
        var ids = new List<(string, string)>();
        for (var i = 0; i < ExecutionsEach; i++)
        {
            var request = new ExecuteRequest
            {
                UserId = user,
                Code = code,
                Limits = new ExecutionLimits { WallTimeSeconds = 60 },
            };
            ids.Add((user, (await client.Api.SubmitAsync(request, cancellationToken: cancellationToken)).ExecutionId));
        }

        return ids;
    }

    private static async Task<string> ExecuteOverHttpAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(
            "/v1/executions",
            new { user_id = ExecutionClient.User, code = Code },
            cancellationToken
        );
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!["output"]?.GetValue<string>() ?? "";
    }

    /// <summary>Waits until the runner has taken all that it takes: its pool is no longer being emptied, and has something in it.</summary>
    private static async Task UntilSteadyAsync(HttpClient runner, CancellationToken cancellationToken)
    {
        var (before, since) = (await PoolState.ReadAsync(runner, cancellationToken), 0);
        using var poll = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (since < 3 && await poll.WaitForNextTickAsync(cancellationToken))
        {
            var now = await PoolState.ReadAsync(runner, cancellationToken);
            since = now.Idle > 0 && now.Hits + now.Misses == before.Hits + before.Misses ? since + 1 : 0;
            before = now;
        }
    }
}
