using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>What becomes of executions that no runner is left for: one runner with one slot.</summary>
public sealed class OneRunnerTests : IAsyncLifetime
{
    private readonly string _user = StandaloneFixture.NewUser();
    private SmallCluster _cluster = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ServiceProcess Gateway => _cluster.Gateway;

    public async ValueTask InitializeAsync() =>
        _cluster = await SmallCluster.StartAsync(
            bus: [("MessageBus:QueueLimit", "3"), ("MessageBus:Redeliveries", "0")],
            runner: [("Runner:Slots", "1"), ("Pool:Bare", "1")]
        );

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task FullQueue_RefusesMoreAtOnceAndRunsWhatItHas()
    {
        var taken = new List<string>();
        HttpResponseMessage answer;
        // The broker lets a few more in than it should, and the first one is already with the runner.
        while ((answer = await Gateway.SubmitAsync(_user, "import time\ntime.sleep(2)\nprint('run')")).IsSuccessStatusCode)
        {
            taken.Add((await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!.Text("execution_id"));
            answer.Dispose();
            taken.Count.ShouldBeLessThan(10);
        }

        using (answer)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests, await answer.Content.ReadAsStringAsync(Token));
            answer.Headers.RetryAfter.ShouldNotBeNull();
        }

        foreach (var id in taken)
            (await Gateway.ResultAsync(_user, id)).Text("output").ShouldBe("run\n");
    }

    [Fact]
    public async Task RunnerKilled_NoOtherRunner_ExecutionIsLost()
    {
        var id = await Gateway.BeginAsync(_user, "import time\ntime.sleep(60)");

        await _cluster.Runner.KillAsync();

        var result = await Gateway.ResultAsync(_user, id);
        result.Text("outcome").ShouldBe("RunnerLost");
        result.Text("message").ShouldNotBeEmpty();
    }
}
