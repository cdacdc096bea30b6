using CodeInterpreter.EndToEnd.Tests.Executions;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>A runner is killed with an execution that leaves other files each time it runs.</summary>
[Collection(typeof(OneCluster))]
public sealed class RerunTests(ClusterFixture cluster)
{
    private const int Count = 150;

    private readonly string _user = StandaloneFixture.NewUser();

    [Fact]
    public async Task RunnerKilled_BeforeFilesAreStored_SecondAttemptIsTheOnlyOne()
    {
        var executionId = await Gateway.SubmitAsync(
            new { user_id = _user, code = "import secrets\nprint(name := secrets.token_hex())\nopen(name, 'w').close()\ninput()" },
            "interactive"
        );
        await using var events = await EventStream.FollowAsync(Gateway, _user, executionId);
        await events.UntilAsync("stdout");
        var lost = events.Printed("stdout");

        await KillAndReplaceAsync(await BusyRunnerAsync());

        await events.UntilAsync("started");
        await events.UntilAsync("stdout");
        await Gateway.FeedAsync(_user, executionId, "\n");
        var result = await events.ResultAsync();
        result.Text("output").ShouldNotBe(lost);
        events.Printed("stdout").ShouldBe(result.Text("output"));
        (await Gateway.ListFilesAsync(_user)).ShouldHaveSingleItem().Text("filename").ShouldBe(result.Text("output").TrimEnd());
    }

    [Fact]
    public async Task RunnerKilled_WhileFilesAreStored_OnlyFilesOfTheSecondAttemptRemain()
    {
        var executionId = await Gateway.SubmitAsync(
            new
            {
                user_id = _user,
                code = $"import secrets\ninput()\nfor _ in range({Count}): open(secrets.token_hex(), 'wb').write(bytes(1024 * 1024))",
            },
            "interactive"
        );
        await using var events = await EventStream.FollowAsync(Gateway, _user, executionId);
        await events.UntilAsync("started");
        var runner = await BusyRunnerAsync();
        await Gateway.FeedAsync(_user, executionId, "\n");
        await Eventually.TrueAsync(async () => (await Gateway.ListFilesAsync(_user)).Count > 0);

        await KillAndReplaceAsync(runner);

        await events.UntilAsync("started");
        await Gateway.FeedAsync(_user, executionId, "\n");
        var result = await events.ResultAsync();
        events.Seen.Count(told => told.Type == "started").ShouldBe(2);
        result.Objects("generated_files").Count.ShouldBe(Count);
        (await Gateway.ListFilesAsync(_user))
            .Select(file => file.Text("file_id"))
            .Order()
            .ShouldBe(result.Objects("generated_files").Select(file => file.Text("file_id")).Order());
        events
            .Seen.SkipWhile(told => told.Sequence < 3 || told.Type != "started")
            .Where(told => told.Type == "file")
            .Select(told => told.Data["file"]!.AsObject().Text("file_id"))
            .Order()
            .ShouldBe(result.Objects("generated_files").Select(file => file.Text("file_id")).Order());
    }

    private HttpClient Gateway => cluster.Gateways[0].Http;

    private async Task<ServiceProcess> BusyRunnerAsync()
    {
        ServiceProcess? runner = null;
        await Eventually.TrueAsync(async () => (runner = await cluster.BusyRunnerAsync()) is not null);
        return runner!;
    }

    private async Task KillAndReplaceAsync(ServiceProcess runner)
    {
        await runner.KillAsync();
        await cluster.ReplaceAsync(runner);
    }
}
