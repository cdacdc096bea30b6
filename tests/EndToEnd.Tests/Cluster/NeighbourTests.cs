using System.Globalization;
using System.Text.Json.Nodes;
using CodeInterpreter.EndToEnd.Tests.Executions;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.TestServers;
using Grpc.Net.Client;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>Users who want all they can get, and what is left for others: a cluster with few slots.</summary>
public sealed class NeighbourTests : IAsyncDisposable
{
    private const string Sleep = "import time\ntime.sleep(100)";

    private SmallCluster _cluster = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HttpClient Http => _cluster.Gateway.Http;

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    [Theory]
    [InlineData(1, 6, 1)]
    [InlineData(1, 4, 2)]
    [InlineData(20, 40, 1)]
    public async Task SleepingCode_OfOtherUsers_DelaysNoCaller(int users, int slots, int runners)
    {
        await StartAsync(slots, runners);
        var sleeping = new List<(string User, string Id)>();
        foreach (var user in Enumerable.Range(0, users).Select(_ => StandaloneFixture.NewUser()))
        {
            // More than there are slots.
            for (var i = 0; i < Math.Max(2, 1 + (slots * runners / users)); i++)
                sleeping.Add((user, await SubmitAsync(user, Sleep)));
        }

        await Eventually.TrueAsync(async () => (await RunningAsync(sleeping)).Count >= Math.Max(users, slots * runners / 2));

        (await _cluster.Gateway.ExecuteAsync(StandaloneFixture.NewUser(), "print(1)")).Text("output").ShouldBe("1\n");
        (await ExecuteOverGrpcAsync("print(2)")).ShouldBe("2\n");
        (await ExecuteOverAmqpAsync("print(3)")).ShouldBe("3\n");

        (await StatusesAsync(sleeping)).ShouldNotContain("Finished", "none of them had to end for that");
        await CancelAsync(sleeping);
        foreach (var (user, id) in sleeping)
            (await _cluster.Gateway.ResultAsync(user, id)).Text("outcome").ShouldBe("Cancelled");
    }

    [Fact]
    public async Task SingleUser_HasMoreThanOneShareAndTheRestRunsInOrder()
    {
        await StartAsync(slots: 6, runners: 1);
        var user = StandaloneFixture.NewUser();
        var sleeping = new List<(string User, string Id)>();
        for (var i = 0; i < 3; i++)
            sleeping.Add((user, await SubmitAsync(user, Sleep)));
        await Eventually.TrueAsync(async () => (await RunningAsync(sleeping)).Count == 3);
        var waiting = new List<string>();
        for (var i = 0; i < 8; i++)
            waiting.Add(await SubmitAsync(user, "import time\nprint(time.time_ns())"));
        await Eventually.TrueAsync(async () => (await MetricAsync("code_interpreter_gateway_executions_deferred")) == 8);

        // One slot for all that wait: they run one after the other.
        await CancelAsync(sleeping[..1]);

        var began = new List<long>();
        foreach (var id in waiting)
        {
            began.Add(long.Parse((await _cluster.Gateway.ResultAsync(user, id)).Text("output"), CultureInfo.InvariantCulture));
        }

        began.ShouldBe(began.Order());
        (await RunningAsync(sleeping)).Count.ShouldBe(2);
        await CancelAsync(sleeping);
    }

    [Fact]
    public async Task DeferredExecution_Cancelled_EndsAtOnceAlsoForPlainClients()
    {
        await StartAsync(slots: 2, runners: 1);
        await using var client = await PlainAmqpClient.ConnectAsync(_cluster.Broker.Url);
        await client.PublishAsync(Command("plain-runs", "plain", Sleep, live: true));
        (await client.NextAsync()).Type.ShouldBe("ExecutionStarted");
        await client.PublishAsync(Command("plain-waits", "plain", Sleep));
        await Eventually.TrueAsync(async () => (await MetricAsync("code_interpreter_gateway_executions_deferred")) == 1);

        foreach (var id in (string[])["plain-waits", "plain-runs"])
        {
            await client.TellAsync("CodeInterpreter.Contracts:CancelExecution", "", $$"""{ "executionId": "{{id}}", "userId": "plain" }""");
            var finished = await client.FinishedAsync();
            finished.Text("executionId").ShouldBe(id);
            finished["result"]!.AsObject().Text("outcome").ShouldBe("Cancelled");
        }
    }

    private async Task StartAsync(int slots, int runners)
    {
        _cluster = await SmallCluster.StartAsync(
            bus: [],
            runner: [("Runner:Slots", $"{slots}"), ("Pool:Bare", "6"), ("Pool:MaintenanceDelay", "00:00:00")]
        );
        for (var runner = 1; runner < runners; runner++)
            await _cluster.AddRunnerAsync();
    }

    private Task<string> SubmitAsync(string user, string code) =>
        Http.SubmitAsync(
            new
            {
                user_id = user,
                code,
                limits = new { wall_time_seconds = 120 },
            }
        );

    private async Task<IReadOnlyList<string>> StatusesAsync(IEnumerable<(string User, string Id)> executions)
    {
        var byId = new Dictionary<string, string>();
        foreach (var user in executions.Select(execution => execution.User).Distinct())
        {
            foreach (var execution in await Http.ListExecutionsAsync(user))
                byId[execution.Text("execution_id")] = execution.Text("status");
        }

        return [.. executions.Select(execution => byId[execution.Id])];
    }

    private async Task<IReadOnlyList<string>> RunningAsync(IEnumerable<(string User, string Id)> executions) =>
        [.. (await StatusesAsync(executions)).Where(status => status == "Running")];

    private Task CancelAsync(IEnumerable<(string User, string Id)> executions) =>
        Task.WhenAll(executions.Select(execution => Http.CancelAsync(execution.User, execution.Id)));

    private async Task<string> ExecuteOverGrpcAsync(string code)
    {
        using var channel = GrpcChannel.ForAddress(_cluster.Gateway.GrpcAddress);
        var executions = new ExecutionService.ExecutionServiceClient(channel);
        var request = new ExecuteRequest { UserId = StandaloneFixture.NewUser(), Code = code };
        return (await executions.ExecuteAsync(request, cancellationToken: Token)).Output;
    }

    private async Task<string> ExecuteOverAmqpAsync(string code)
    {
        await using var client = await PlainAmqpClient.ConnectAsync(_cluster.Broker.Url);
        await client.PublishAsync(Command("plain-1", StandaloneFixture.NewUser(), code));
        return (await client.FinishedAsync())["result"]!["output"]!["text"]!.GetValue<string>();
    }

    private static string Command(string id, string user, string code, bool live = false)
    {
        var now = DateTimeOffset.UtcNow;
        return new JsonObject
        {
            ["executionId"] = id,
            ["userId"] = user,
            ["code"] = code,
            ["wallTimeSeconds"] = 60,
            ["live"] = live,
            ["acceptedAt"] = $"{now:O}",
            ["deadline"] = $"{now.AddMinutes(3):O}",
        }.ToJsonString();
    }

    private async Task<double> MetricAsync(string name)
    {
        var line = (await Http.GetStringAsync("/metrics", Token))
            .Split('\n')
            .FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
