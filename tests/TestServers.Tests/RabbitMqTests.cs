using System.Text;
using RabbitMQ.Client;

namespace CodeInterpreter.TestServers.Tests;

public sealed class RabbitMqTests(RabbitMqFixture rabbit)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task QuorumQueue_ConfirmedMessages_AreDeliveredInOrder()
    {
        await using var client = await QueueClient.ConnectAsync(rabbit.Server.Url, RabbitMqServer.NewName());

        foreach (var text in new[] { "one", "two", "three" })
            await client.PublishAsync(text);

        (await client.ReceiveAsync(3)).ShouldBe(["one", "two", "three"]);
    }

    [Fact]
    public async Task Message_NotAcknowledged_IsRedelivered()
    {
        var queue = RabbitMqServer.NewName();
        await using (var first = await QueueClient.ConnectAsync(rabbit.Server.Url, queue))
        {
            await first.PublishAsync("again");
            (await first.Channel.BasicGetAsync(queue, autoAck: false, Token)).ShouldNotBeNull();
        }

        await using var second = await QueueClient.ConnectAsync(rabbit.Server.Url, queue);

        (await second.ReceiveAsync(1)).ShouldBe(["again"]);
    }

    [Fact]
    public async Task Message_MandatoryWithoutAQueue_IsReturned()
    {
        await using var client = await QueueClient.ConnectAsync(rabbit.Server.Url, RabbitMqServer.NewName());

        await Should.ThrowAsync<RabbitMQ.Client.Exceptions.PublishException>(async () =>
            await client.Channel.BasicPublishAsync("", RabbitMqServer.NewName(), mandatory: true, Encoding.UTF8.GetBytes("lost"), Token)
        );
    }
}
