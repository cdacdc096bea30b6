using System.Text.Json.Nodes;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>Any part may end at any time; nothing is lost, duplicated or left behind.</summary>
[Collection(typeof(OneCluster))]
public sealed class SurvivalTests(ClusterFixture cluster)
{
    private readonly string _user = StandaloneFixture.NewUser();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunnerKilled_DuringAnExecution_AnotherRunnerRunsIt()
    {
        var busy = await RunUntilStartedAsync("import time\ntime.sleep(4)\nopen('out.txt', 'w').write('x')\nprint('done')");

        await busy.Runner.KillAsync();

        var result = await busy.Answer;
        (result.Text("outcome"), result.Text("output")).ShouldBe(("Succeeded", "done\n"));
        (await cluster.Gateways[0].FilesAsync(_user)).Count.ShouldBe(1);
        await cluster.ReplaceAsync(busy.Runner);
    }

    [Fact]
    public async Task RunnerStopped_WhileBusy_FinishesItsExecutionsAndTakesNoNewOnes()
    {
        var busy = await RunUntilStartedAsync("import time\ntime.sleep(3)\nprint('finished')");

        await busy.Runner.TerminateAsync();
        await using var broker = await PlainAmqpClient.ConnectAsync(cluster.Broker.Url);
        await Eventually.TrueAsync(async () => await broker.ConsumersAsync("execute-code") == cluster.Runners.Count - 1);
        var others = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => cluster.Gateways[1].ExecuteAsync(_user, $"print({i})")));

        others.ShouldAllBe(result => result.Text("outcome") == "Succeeded");
        (await busy.Answer).Text("output").ShouldBe("finished\n");
        (await busy.Runner.ExitCodeAsync()).ShouldBe(0);
        busy.Runner.Log.ShouldContain((await busy.Answer).Text("execution_id"));
        others.ShouldAllBe(result => !busy.Runner.Log.Contains(result.Text("execution_id")));
        await cluster.ReplaceAsync(busy.Runner);
    }

    [Fact]
    public async Task GatewayKilled_WhileACallerWaits_AnotherGatewayHasTheResult()
    {
        await using var gateway = await cluster.StartGatewayAsync();
        var lost = gateway.ExecuteAsync(_user, "import time\nopen('out.txt', 'w').close()\ntime.sleep(2)\nprint('kept')");
        await Eventually.TrueAsync(async () => await cluster.BusyRunnerAsync() is not null);

        await gateway.KillAsync();
        await Should.ThrowAsync<HttpRequestException>(() => lost);

        // The caller did not get to know the id of the execution, but its file has it.
        await Eventually.TrueAsync(async () => (await cluster.Gateways[0].FilesAsync(_user)).Count > 0);
        var file = (await cluster.Gateways[0].FilesAsync(_user)).ShouldHaveSingleItem();
        var result = await cluster.Gateways[0].ResultAsync(_user, file.Text("execution_id"));
        result.Text("output").ShouldBe("kept\n");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Broker_OutageUnderLoad_AllAreAnsweredAndFilesMatchTheResults(bool crash)
    {
        var answers = Enumerable
            .Range(0, 24)
            .Select(i =>
                cluster
                    .Gateways[i % 2]
                    .ExecuteAsync(_user, $"import secrets, time\ntime.sleep(1)\nopen(secrets.token_hex(), 'w').close()\nprint({i})")
            )
            .ToList();
        await Task.WhenAny(answers);

        await (crash ? cluster.Broker.KillAsync(Token) : cluster.Broker.StopAsync(Token));
        await cluster.Broker.StartAsync(Token);

        var results = await Task.WhenAll(answers);
        results.Select(result => result.Text("output")).ShouldBe(Enumerable.Range(0, 24).Select(i => $"{i}\n"));
        results.Select(result => result.Text("execution_id")).Distinct().Count().ShouldBe(24);
        results.Where(result => result.Objects("generated_files").Count != 1).Select(result => result.ToJsonString()).ShouldBeEmpty();
        // What runs anew elsewhere meanwhile must not take the files along that a caller was told of, nor leave its own.
        var told = results.Select(result => result.Objects("generated_files").Single().Text("file_id")).Order().ToList();
        await Eventually.TrueAsync(async () => (await cluster.Gateways[0].FilesAsync(_user)).Count <= told.Count);
        (await cluster.Gateways[0].FilesAsync(_user)).Select(file => file.Text("file_id")).Order().ShouldBe(told);
    }

    /// <summary>Starts an execution and tells which runner is at it.</summary>
    private async Task<(ServiceProcess Runner, Task<JsonObject> Answer)> RunUntilStartedAsync(string code)
    {
        var answer = cluster.Gateways[0].ExecuteAsync(_user, code);
        ServiceProcess? runner = null;
        await Eventually.TrueAsync(async () => (runner = await cluster.BusyRunnerAsync()) is not null);
        return (runner!, answer);
    }
}
