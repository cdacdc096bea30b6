using System.Diagnostics;
using System.Net;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>The engine goes away and comes back; the runner notices, waits, and goes on.</summary>
public sealed class EngineOutageTests
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Engine_OutageOfHalfAMinute_RunnerIsNotReadyAndExecutionsWait()
    {
        await using var engine = new UnixSocketProxy(await Docker.SocketAsync());
        engine.Connect();
        await using var cluster = await SmallCluster.StartAsync(
            bus: [],
            runner: [("Docker:Endpoint", "unix://" + engine.Path), ("Pool:Bare", "2")]
        );
        var (gateway, runner) = (cluster.Gateway, cluster.Runner);
        var user = StandaloneFixture.NewUser();
        (await gateway.ExecuteAsync(user, "print('before')")).Text("output").ShouldBe("before\n");
        var running = await gateway.BeginAsync(user, "import time\ntime.sleep(3600)");

        await engine.CutAsync();
        var began = Stopwatch.GetTimestamp();
        await Eventually.TrueAsync(async () => await ReadinessAsync(runner) == HttpStatusCode.ServiceUnavailable);
        var during = Enumerable
            .Range(0, 12)
            .Select(i => gateway.ExecuteAsync(user, $"open('{i}.txt', 'w').write('{i}')\nprint({i})"))
            .ToList();
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (Stopwatch.GetElapsedTime(began) < Outage)
        {
            (await ReadinessAsync(runner)).ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await runner.Http.StatusAsync("/health/live")).ShouldBe(HttpStatusCode.OK, "it is not to be restarted for that");
            during.ShouldAllBe(answer => !answer.IsCompleted);
            await poll.WaitForNextTickAsync(Token);
        }

        (await gateway.ResultAsync(user, running)).Text("outcome").ShouldBe("SandboxFailed", "its sandbox cannot be heard any more");
        engine.Connect();

        var results = await Task.WhenAll(during);
        results.Select(result => result.Text("output")).ShouldBe(Enumerable.Range(0, 12).Select(i => $"{i}\n"));
        results.Select(result => result.Objects("generated_files").Single().Text("file_id")).Distinct().Count().ShouldBe(12);
        await Eventually.TrueAsync(async () => await ReadinessAsync(runner) == HttpStatusCode.OK);
    }

    [Fact]
    public async Task TheEngineGoesAway_AndItsRunnerIsKilled_AnotherRunnerRunsTheExecution()
    {
        await using var engine = new UnixSocketProxy(await Docker.SocketAsync());
        engine.Connect();
        await using var cluster = await SmallCluster.StartAsync(
            bus: [],
            runner: [("Docker:Endpoint", "unix://" + engine.Path), ("Pool:Bare", "1")]
        );
        var user = StandaloneFixture.NewUser();
        var running = await cluster.Gateway.BeginAsync(user, "import time\ntime.sleep(2)\nprint('done')");

        await engine.CutAsync();
        await Eventually.TrueAsync(async () => await ReadinessAsync(cluster.Runner) == HttpStatusCode.ServiceUnavailable);
        await cluster.Runner.KillAsync();
        engine.Connect();
        await cluster.AddRunnerAsync();

        var result = await cluster.Gateway.ResultAsync(user, running);
        (result.Text("outcome"), result.Text("output")).ShouldBe(("Succeeded", "done\n"));
    }

    private static Task<HttpStatusCode> ReadinessAsync(ServiceProcess runner) => runner.Http.StatusAsync("/health/ready");
}
