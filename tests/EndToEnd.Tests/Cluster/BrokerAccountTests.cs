using System.Text;
using System.Text.Json.Nodes;
using CodeInterpreter.TestServers;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>
/// What somebody can do who has the broker's account of a runner, or of a gateway, in their hands. All other tests of the cluster show that
/// the accounts suffice.
/// </summary>
[Collection(typeof(OneCluster))]
public sealed class BrokerAccountTests(ClusterFixture cluster)
{
    private const int AccessRefused = 403;
    private const int ResourceLocked = 405;
    private const string Contracts = "CodeInterpreter.Contracts:";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("execute-code")]
    [InlineData(Contracts + "ExecuteCode")]
    [InlineData(Contracts + "CancelExecution")]
    [InlineData("execution-events")]
    [InlineData("execution-inquiries")]
    public async Task RunnerAccount_CannotPublishMessagesOfOthers(string exchange) =>
        (
            await RefusalAsync(
                cluster.Broker.RunnerUrl,
                channel => channel.BasicPublishAsync(exchange, "execute-code", mandatory: true, new BasicProperties(), new byte[1]).AsTask()
            )
        ).ShouldBe(AccessRefused);

    [Theory]
    [InlineData("execution-events")]
    [InlineData("execution-inquiries")]
    [InlineData("execute-code-lost")]
    [InlineData("failed-messages")]
    public async Task RunnerAccount_CannotReadMessagesForGateways(string queue) =>
        (await RefusalAsync(cluster.Broker.RunnerUrl, channel => channel.BasicGetAsync(queue, autoAck: false))).ShouldBe(AccessRefused);

    [Theory]
    [InlineData(Contracts + "ExecuteCode")]
    [InlineData(Contracts + "ExecutionFinished")]
    [InlineData(Contracts + "ExecutionOutput")]
    [InlineData(Contracts + "RunnerEnvironment")]
    [InlineData("execution-replies")]
    [InlineData("execute-code-lost")]
    [InlineData("amq.rabbitmq.trace")]
    public async Task RunnerAccount_CannotBindAQueueToMessagesForOthers(string exchange) =>
        (
            await RefusalAsync(
                cluster.Broker.RunnerUrl,
                async channel =>
                {
                    var own = await channel.QueueDeclareAsync(
                        $"runner-{Guid.NewGuid():N}-spy",
                        durable: false,
                        exclusive: true,
                        autoDelete: true,
                        cancellationToken: Token
                    );
                    await channel.QueueBindAsync(own.QueueName, exchange, "#");
                }
            )
        ).ShouldBe(AccessRefused);

    [Fact]
    public async Task RunnerAccount_CannotReadQueuesOfAnotherRunner()
    {
        await using var runner = await ConnectAsync(cluster.Broker.RunnerUrl);
        await using var channel = await runner.CreateChannelAsync(cancellationToken: Token);
        var queue = $"runner-{Guid.NewGuid():N}-input";
        // As a runner makes them: nobody else can use them, though their names are known.
        await channel.QueueDeclareAsync(queue, durable: false, exclusive: true, autoDelete: true, cancellationToken: Token);

        (await RefusalAsync(cluster.Broker.RunnerUrl, other => other.BasicGetAsync(queue, autoAck: true))).ShouldBe(ResourceLocked);
        (await RefusalAsync(cluster.Broker.RunnerUrl, other => other.QueueBindAsync(queue, Contracts + "CancelExecution", ""))).ShouldBe(
            ResourceLocked
        );
    }

    [Fact]
    public async Task RunnerQueues_AreExclusive()
    {
        var queues = (await cluster.Broker.ListQueuesAsync(Token))
            .Where(queue => queue.Name.StartsWith("runner-", StringComparison.Ordinal))
            .ToList();

        queues.ShouldContain(queue => queue.Name.EndsWith("-cancel", StringComparison.Ordinal));
        queues.ShouldContain(queue => queue.Name.EndsWith("-input", StringComparison.Ordinal));
        queues.ShouldAllBe(queue => queue.IsExclusive);
        (await cluster.Broker.ListQueuesAsync(Token)).ShouldNotContain(queue =>
            queue.Name.EndsWith("_error", StringComparison.Ordinal) || queue.Name.EndsWith("_skipped", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("execute-code")]
    [InlineData("runner-00000000000000000000000000000000-input")]
    public async Task GatewayAccount_CannotReceiveMessagesForRunners(string queue)
    {
        (await RefusalAsync(cluster.Broker.GatewayUrl, channel => channel.BasicGetAsync(queue, autoAck: false))).ShouldBe(AccessRefused);
        (await RefusalAsync(cluster.Broker.GatewayUrl, channel => channel.QueueDeleteAsync(queue))).ShouldBe(AccessRefused);
    }

    [Fact]
    public async Task GatewayAccount_CannotPublishEventsOfRunners() =>
        (
            await RefusalAsync(
                cluster.Broker.GatewayUrl,
                channel =>
                    channel
                        .BasicPublishAsync(Contracts + "RunnerEnvironment", "", mandatory: false, new BasicProperties(), new byte[1])
                        .AsTask()
            )
        ).ShouldBe(AccessRefused);

    [Fact]
    public async Task Runner_CannotFinishAnExecutionOfAnotherRunner()
    {
        var user = StandaloneFixture.NewUser();
        var submitted = await cluster.Gateways[0].BeginAsync(user, "import time; time.sleep(1); print('true')");
        await using var runner = await ConnectAsync(cluster.Broker.RunnerUrl);
        await using var channel = await runner.CreateChannelAsync(Confirmed, Token);
        var forged = new JsonObject
        {
            ["executionId"] = submitted,
            ["userId"] = user,
            ["runnerId"] = "r",
            ["sequence"] = 3,
            ["finishedAt"] = DateTimeOffset.UtcNow,
            ["result"] = new JsonObject
            {
                ["outcome"] = "Succeeded",
                ["output"] = new JsonObject
                {
                    ["text"] = "forged",
                    ["totalBytes"] = 6,
                    ["truncated"] = false,
                },
            },
        };
        var envelope = new JsonObject
        {
            ["messageId"] = Guid.NewGuid().ToString(),
            ["messageType"] = new JsonArray($"urn:message:{Contracts}ExecutionFinished"),
            ["message"] = forged,
        };
        var properties = new BasicProperties { ContentType = "application/vnd.masstransit+json" };

        await channel.BasicPublishAsync(
            Contracts + "ExecutionFinished",
            "",
            mandatory: true,
            properties,
            Encoding.UTF8.GetBytes(envelope.ToJsonString()),
            Token
        );

        (await cluster.Gateways[1].ResultAsync(user, submitted)).Text("output").ShouldBe("true\n");
    }

    private static CreateChannelOptions Confirmed => new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private static Task<IConnection> ConnectAsync(Uri broker) => new ConnectionFactory { Uri = broker }.CreateConnectionAsync();

    /// <summary>The code with which the broker refuses it; 0 when it does not.</summary>
    private static async Task<int> RefusalAsync(Uri broker, Func<IChannel, Task> attempt)
    {
        await using var connection = await ConnectAsync(broker);
        await using var channel = await connection.CreateChannelAsync(Confirmed);
        try
        {
            await attempt(channel);
            return 0;
        }
        catch (Exception exception) when (exception is OperationInterruptedException or PublishException)
        {
            await Eventually.TrueAsync(() => channel.CloseReason is not null);
            return channel.CloseReason!.ReplyCode;
        }
    }
}
