using System.Text;
using System.Text.Json.Nodes;
using CodeInterpreter.TestServers;
using RabbitMQ.Client;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>Commands that wait for their user's share have been in a runner's hands, and a gateway gives them to other runners.</summary>
[Collection(typeof(OneCluster))]
public sealed class SealTests(ClusterFixture cluster)
{
    private const string Exchange = "execute-code-deferred";
    private const string PlainJson = "application/json";

    private readonly string _user = StandaloneFixture.NewUser();
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DateTimeOffset Deadline => _now.AddMinutes(2);

    [Theory]
    [InlineData("no seal")]
    [InlineData("other code than was sealed")]
    [InlineData("another language than was sealed")]
    [InlineData("other input than was sealed")]
    [InlineData("a later deadline than was sealed")]
    [InlineData("sealed with another key")]
    [InlineData("headers of another execution")]
    [InlineData("another form than was sealed")]
    public async Task Runner_CommandOfItsOwn_IsNotRunByOthers(string forgery)
    {
        await using var client = await PlainAmqpClient.ConnectAsync(cluster.Broker.Url);
        var (given, next) = ($"seal-{Guid.NewGuid():N}", $"seal-{Guid.NewGuid():N}");
        var command = Command(given, "print('given')");
        var seal = Seal(command);
        var (forged, forgedSeal, headersOf, contentType) = forgery switch
        {
            "no seal" => (command, null, given, PlainJson),
            "other code than was sealed" => (With(command, "code", "print('forged')"), seal, given, PlainJson),
            "another language than was sealed" => (With(command, "language", "bash"), seal, given, PlainJson),
            "other input than was sealed" => (With(command, "stdin", "forged"), seal, given, PlainJson),
            "a later deadline than was sealed" => (With(command, "deadline", $"{Deadline.AddMinutes(1):O}"), seal, given, PlainJson),
            "sealed with another key" => (command, PlainToken.Seal(new byte[32], command.ToJsonString()), given, PlainJson),
            "headers of another execution" => (command, seal, next, PlainJson),
            "another form than was sealed" => (command, seal, given, "application/json; charset=utf-8"),
            _ => throw new ArgumentOutOfRangeException(nameof(forgery)),
        };

        await DeferAsync(client, forged, forgedSeal, headersOf, _now, contentType);
        // Of the same user, and behind it: this one is offered to a runner after the other was.
        var behind = Command(next, "import time\ntime.sleep(1)\nprint('next')");
        await DeferAsync(client, behind, Seal(behind), next, _now.AddSeconds(1));

        var finished = await client.FinishedAsync();

        finished.Text("executionId").ShouldBe(next);
        finished["result"]!["output"]!["text"]!.GetValue<string>().ShouldBe("next\n");
    }

    [Fact]
    public async Task Command_WithoutASeal_IsNeverDeferred()
    {
        await using var client = await PlainAmqpClient.ConnectAsync(cluster.Broker.Url);
        const string code = "import time\ntime.sleep(60)";
        // Half of all slots are a user's share.
        var share = 2 * cluster.Runners.Count;
        foreach (var i in Enumerable.Range(0, share + 1))
            await client.PublishAsync(Command($"{_user}-{i}", code).ToJsonString());
        for (var i = 0; i <= share; i++)
            (await client.NextAsync()).Type.ShouldBe("ExecutionStarted");

        var command = Command($"{_user}-sealed", code);
        await client.PublishAsync(command.ToJsonString(), Seal(command));
        await Eventually.TrueAsync(async () => await DeferredAsync() == 1);

        foreach (var id in Enumerable.Range(0, share + 1).Select(i => $"{_user}-{i}").Append($"{_user}-sealed"))
        {
            await client.TellAsync(
                "CodeInterpreter.Contracts:CancelExecution",
                "",
                $$"""{ "executionId": "{{id}}", "userId": "{{_user}}" }"""
            );
            (await client.FinishedAsync())["result"]!.AsObject().Text("outcome").ShouldBe("Cancelled");
        }
    }

    private string Seal(JsonObject command) => PlainToken.Seal(cluster.TrustKey, command.ToJsonString());

    private static JsonObject With(JsonObject command, string field, string value)
    {
        var other = command.DeepClone().AsObject();
        other[field] = value;
        return other;
    }

    private JsonObject Command(string executionId, string code) =>
        new()
        {
            ["executionId"] = executionId,
            ["userId"] = _user,
            ["code"] = code,
            ["live"] = true,
            ["wallTimeSeconds"] = 60,
            ["acceptedAt"] = $"{_now:O}",
            ["deadline"] = $"{Deadline:O}",
        };

    /// <summary>What a runner does with a command that is over its user's share.</summary>
    private async Task DeferAsync(
        PlainAmqpClient client,
        JsonObject command,
        string? seal,
        string executionId,
        DateTimeOffset acceptedAt,
        string contentType = PlainJson
    )
    {
        await using var runner = await new ConnectionFactory { Uri = cluster.Broker.RunnerUrl }.CreateConnectionAsync(Token);
        await using var channel = await runner.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
            Token
        );
        var properties = new BasicProperties
        {
            ContentType = contentType,
            ReplyTo = client.ReplyQueue,
            Headers = new Dictionary<string, object?>
            {
                ["execute-code-seal"] = seal,
                ["execute-code-execution-id"] = executionId,
                ["execute-code-user-id"] = _user,
                ["execute-code-accepted-at"] = acceptedAt.ToUnixTimeMilliseconds(),
                ["execute-code-start-by"] = Deadline.ToUnixTimeMilliseconds(),
            },
        };
        await channel.BasicPublishAsync(
            Exchange,
            "sealed",
            mandatory: true,
            properties,
            Encoding.UTF8.GetBytes(command.ToJsonString()),
            Token
        );
    }

    private async Task<double> DeferredAsync()
    {
        var metrics = await Task.WhenAll(cluster.Gateways.Select(gateway => gateway.Http.GetStringAsync("/metrics", Token)));
        return metrics
            .SelectMany(text => text.Split('\n'))
            .Where(line => line.StartsWith("code_interpreter_gateway_executions_deferred", StringComparison.Ordinal))
            .Sum(line => double.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
    }
}
