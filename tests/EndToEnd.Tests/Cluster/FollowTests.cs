using CodeInterpreter.EndToEnd.Tests.Executions;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.TestServers;
using Grpc.Core;
using Grpc.Net.Client;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>An execution is the same through any replica.</summary>
[Collection(typeof(OneCluster))]
public sealed class FollowTests(ClusterFixture cluster)
{
    private const int Lines = 12;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly string _user = StandaloneFixture.NewUser();

    [Fact]
    public async Task Stream_ReplicaKilled_ContinuesAtAnotherAfterTheLastEvent()
    {
        await using var first = await cluster.StartGatewayAsync();
        var other = cluster.Gateways[1].Http;
        var executionId = await first.Http.SubmitAsync(
            new { user_id = _user, code = $"for i in range({Lines}): print(i, input())\nopen('out.txt', 'w').close()" },
            "interactive"
        );
        await using var before = await EventStream.FollowAsync(first.Http, _user, executionId);
        await before.UntilAsync("started");
        for (var i = 0; i < Lines / 2; i++)
        {
            await first.Http.FeedAsync(_user, executionId, "a\n");
            await before.UntilPrintedAsync("stdout", $"{i} a\n");
        }

        await first.KillAsync();
        // Nobody follows meanwhile.
        await other.FeedAsync(_user, executionId, "b\n");

        await using var after = await EventStream.FollowAsync(other, _user, executionId, before.Seen[^1].Sequence);
        for (var i = (Lines / 2) + 1; i < Lines; i++)
        {
            await after.UntilPrintedAsync("stdout", $"{i - 1} b\n");
            await other.FeedAsync(_user, executionId, "b\n");
        }

        var result = await after.ResultAsync();
        EventStream[] both = [before, after];
        both.SelectMany(events => events.Numbered)
            .Select(told => told.Sequence)
            .ShouldBe(Enumerable.Range(1, Lines + 4).Select(i => (long)i));
        (before.Printed("stdout") + string.Concat(after.Seen.Where(told => told.Type == "stdout").Select(told => told.Text))).ShouldBe(
            result.Text("output")
        );
    }

    [Fact]
    public async Task GrpcStream_ConnectionBreaks_ContinuesAtAnotherReplica()
    {
        using var first = GrpcChannel.ForAddress(cluster.Gateways[0].GrpcAddress);
        using var second = GrpcChannel.ForAddress(cluster.Gateways[1].GrpcAddress);
        var request = new ExecuteRequest { UserId = _user, Code = "import time\nfor i in range(20): print(i); time.sleep(0.1)" };
        var events = new List<ExecutionEvent>();
        using (var broken = new ExecutionService.ExecutionServiceClient(first).ExecuteStream(request, cancellationToken: Token))
        {
            while (events.Count(told => told.Stdout.Length > 0) < 3)
            {
                (await broken.ResponseStream.MoveNext(Token)).ShouldBeTrue();
                events.Add(broken.ResponseStream.Current);
            }
        }

        var resumed = new FollowExecutionRequest
        {
            UserId = _user,
            ExecutionId = events[0].ExecutionId,
            AfterSequence = events.Max(told => told.Sequence),
        };
        using var rest = new ExecutionService.ExecutionServiceClient(second).Follow(resumed, cancellationToken: Token);
        await foreach (var told in rest.ResponseStream.ReadAllAsync(Token))
            events.Add(told);

        var numbered = events.Where(told => told.Sequence > 0).ToList();
        numbered.Select(told => told.Sequence).ShouldBe(Enumerable.Range(1, numbered.Count).Select(i => (long)i));
        string.Concat(events.Select(told => told.Stdout)).ShouldBe(string.Concat(Enumerable.Range(0, 20).Select(i => $"{i}\n")));
        events[^1].Finished.Outcome.ShouldBe(Outcome.Succeeded);
    }

    [Fact]
    public async Task Cancel_ExecutionOfAnotherReplica_IsCancelled()
    {
        var marker = new Marker();
        var executionId = await cluster
            .Gateways[0]
            .Http.SubmitAsync(new { user_id = _user, code = $"import time\nprint('begun')\n{marker.Start}\nwhile True: time.sleep(1)" });
        var runner = "";
        var container = "";
        await Eventually.TrueAsync(async () =>
        {
            foreach (var id in cluster.Runners.Keys)
            {
                if (await marker.FindAsync(id) is { } found)
                    (runner, container) = (id, found);
            }

            return container.Length > 0;
        });

        await cluster.Gateways[1].Http.CancelAsync(_user, executionId);

        foreach (var gateway in cluster.Gateways)
        {
            var result = await gateway.Http.WaitAsync(_user, executionId);
            (result.Text("outcome"), result.Text("output")).ShouldBe(("Cancelled", "begun\n"));
        }

        await Marker.GoneAsync(runner, container);
    }

    [Fact]
    public async Task Stream_FromAnotherReplica_HasEveryEventOnce()
    {
        await using var first = await EventStream.PostAsync(
            cluster.Gateways[0].Http,
            new { user_id = _user, code = "import time\nfor i in range(20): print(i); time.sleep(0.1)" }
        );
        await first.UntilAsync("accepted");
        await using var second = await EventStream.FollowAsync(cluster.Gateways[1].Http, _user, first.ExecutionId);

        var results = await Task.WhenAll(first.ResultAsync(), second.ResultAsync());

        second.Numbered.Select(told => (told.Sequence, told.Type)).ShouldBe(first.Numbered.Select(told => (told.Sequence, told.Type)));
        second.Printed("stdout").ShouldBe(results[0].Text("output"));
    }
}
