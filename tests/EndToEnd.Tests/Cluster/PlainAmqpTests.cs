using System.Text.Json.Nodes;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>The message contract as a client without MassTransit meets it.</summary>
[Collection(typeof(OneCluster))]
public sealed class PlainAmqpTests(ClusterFixture cluster)
{
    [Fact]
    public async Task Command_InPlainJson_IsAnsweredOnTheQueueOfTheClient()
    {
        await using var client = await PlainAmqpClient.ConnectAsync(cluster.Broker.Url);
        var now = DateTimeOffset.UtcNow;

        await client.PublishAsync(
            $$"""
            {
              "executionId": "plain-1",
              "grant": "{{Grant("plain-1")}}",
              "userId": "plain",
              "code": "import time\nprint('from afar')\nopen('out.csv', 'w').write('a,b')\ntime.sleep(1)",
              "wallTimeSeconds": 10,
              "acceptedAt": "{{now:O}}",
              "deadline": "{{now.AddMinutes(1):O}}"
            }
            """
        );

        var (type, started) = await client.NextAsync();
        (type, started.Text("executionId")).ShouldBe(("ExecutionStarted", "plain-1"));
        (type, var finished) = await client.NextAsync();
        (type, finished.Text("executionId")).ShouldBe(("ExecutionFinished", "plain-1"));
        var result = finished["result"]!.AsObject();
        result.Text("outcome").ShouldBe("Succeeded");
        result["output"]!["text"]!.GetValue<string>().ShouldBe("from afar\n");
        var file = result.Objects("generatedFiles").ShouldHaveSingleItem();
        (file.Text("filename"), file.Text("type")).ShouldBe(("out.csv", "data"));
    }

    [Fact]
    public async Task LiveCommand_PublishesItsEventsInOrder()
    {
        await using var client = await PlainAmqpClient.ConnectAsync(cluster.Broker.Url);
        var now = DateTimeOffset.UtcNow;

        await client.PublishAsync(
            $$"""
            {
              "executionId": "plain-live",
              "grant": "{{Grant("plain-live")}}",
              "userId": "plain",
              "code": "import sys, time\nprint('one')\ntime.sleep(0.3)\nprint('two', file=sys.stderr)\nopen('out.csv', 'w').write('a,b')",
              "live": true,
              "wallTimeSeconds": 10,
              "acceptedAt": "{{now:O}}",
              "deadline": "{{now.AddMinutes(1):O}}"
            }
            """
        );

        List<(string Type, JsonObject Event)> events = [];
        do events.Add(await client.NextAsync());
        while (events[^1].Type != "ExecutionFinished");
        events
            .Select(told => told.Type)
            .ShouldBe(["ExecutionStarted", "ExecutionOutput", "ExecutionOutput", "ExecutionFileStored", "ExecutionFinished"]);
        events.ShouldAllBe(told => told.Event.Text("executionId") == "plain-live" && told.Event.Text("userId") == "plain");
        events.Select(told => told.Event["sequence"]!.GetValue<long>()).ShouldBe([2, 3, 4, 5, 6]);
        events[1..3]
            .Select(told => (told.Event.Text("kind"), told.Event.Text("text")))
            .ShouldBe([("Stdout", "one\n"), ("Stderr", "two\n")]);
        events[3].Event["file"]!.AsObject().Text("filename").ShouldBe("out.csv");
        events[4].Event["result"]!.AsObject().Text("outcome").ShouldBe("Succeeded");
    }

    [Fact]
    public async Task InteractiveCommand_ReceivesInputAndIsCancelled()
    {
        await using var client = await PlainAmqpClient.ConnectAsync(cluster.Broker.Url);
        var now = DateTimeOffset.UtcNow;
        await client.PublishAsync(
            $$"""
            {
              "executionId": "plain-interactive",
              "userId": "plain",
              "code": "print(input())\nwhile True: input()",
              "live": true,
              "interactive": true,
              "wallTimeSeconds": 60,
              "acceptedAt": "{{now:O}}",
              "deadline": "{{now.AddMinutes(2):O}}"
            }
            """
        );
        var (_, started) = await client.NextAsync();
        var queue = new Uri(started.Text("inputAddress")).Segments[^1];

        await client.TellAsync("", queue, """{ "executionId": "plain-interactive", "userId": "plain", "text": "hello\n" }""");
        var (_, output) = await client.NextAsync();
        await client.TellAsync(
            "CodeInterpreter.Contracts:CancelExecution",
            "",
            """{ "executionId": "plain-interactive", "userId": "plain" }"""
        );
        var (_, finished) = await client.NextAsync();

        (output.Text("kind"), output.Text("text")).ShouldBe(("Stdout", "hello\n"));
        finished["result"]!.AsObject().Text("outcome").ShouldBe("Cancelled");
    }

    [Theory]
    [InlineData("""{ "executionId": "poison-1", "userId": "plain" }""", "poison-1")]
    [InlineData("""{ "executionId": "poison-2", "userId": "plain", "code": 5, "wallTimeSeconds": "soon" }""", "poison-2")]
    public async Task InvalidCommand_IsAnsweredAndTheNextOneRuns(string poison, string executionId)
    {
        await using var client = await PlainAmqpClient.ConnectAsync(cluster.Broker.Url);

        await client.PublishAsync(poison);

        var (type, finished) = await client.NextAsync();
        (type, finished.Text("executionId")).ShouldBe(("ExecutionFinished", executionId));
        finished["result"]!["outcome"]!.GetValue<string>().ShouldBe("SandboxFailed");
        (await cluster.Gateways[0].ExecuteAsync("plain", "print('fine')")).Text("output").ShouldBe("fine\n");
    }

    [Theory]
    [InlineData("plain-heavy", """ "code": 1 """)]
    [InlineData(
        "plain-forever",
        """ "code": "1", "wallTimeSeconds": 1e300, "acceptedAt": "2020-01-01T00:00:00Z", "deadline": "2099-01-01T00:00:00Z" """
    )]
    public async Task OversizedCommand_IsAnsweredAndTheNextOneRuns(string executionId, string fields)
    {
        await using var client = await PlainAmqpClient.ConnectAsync(cluster.Broker.Url);

        await client.PublishAsync(
            $$"""{ "executionId": "{{executionId}}", "userId": "plain", {{fields}}, "more": "{{new string('x', 12_000_000)}}" }"""
        );

        (await client.FinishedAsync()).Text("executionId").ShouldBe(executionId);
        (await cluster.Gateways[0].ExecuteAsync("plain", "print('fine')")).Text("output").ShouldBe("fine\n");
    }

    private string Grant(string executionId) => PlainToken.ForExecution(cluster.TrustKey, "plain", executionId);
}
