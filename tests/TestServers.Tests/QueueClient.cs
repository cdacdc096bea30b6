using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace CodeInterpreter.TestServers.Tests;

/// <summary>A connection with a durable quorum queue; publishing waits for the broker's confirm.</summary>
internal sealed class QueueClient : IAsyncDisposable
{
    private static readonly CreateChannelOptions WithConfirms = new(
        publisherConfirmationsEnabled: true,
        publisherConfirmationTrackingEnabled: true
    );

    private readonly IConnection _connection;
    private readonly string _queue;

    private QueueClient(IConnection connection, IChannel channel, string queue) =>
        (_connection, Channel, _queue) = (connection, channel, queue);

    public IChannel Channel { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<QueueClient> ConnectAsync(Uri url, string queue)
    {
        var connection = await new ConnectionFactory { Uri = url }.CreateConnectionAsync(Token);
        var channel = await connection.CreateChannelAsync(WithConfirms, Token);
        await channel.QueueDeclareAsync(
            queue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" },
            cancellationToken: Token
        );
        return new QueueClient(connection, channel, queue);
    }

    public ValueTask PublishAsync(string text) =>
        Channel.BasicPublishAsync(
            "",
            _queue,
            mandatory: true,
            new BasicProperties { Persistent = true },
            Encoding.UTF8.GetBytes(text),
            Token
        );

    public async Task<string[]> ReceiveAsync(int count)
    {
        var received = System.Threading.Channels.Channel.CreateUnbounded<string>();
        var consumer = new AsyncEventingBasicConsumer(Channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            received.Writer.TryWrite(Encoding.UTF8.GetString(delivery.Body.Span));
            await Channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, delivery.CancellationToken);
        };
        var tag = await Channel.BasicConsumeAsync(_queue, autoAck: false, consumer, Token);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        var texts = new string[count];
        for (var i = 0; i < count; i++)
            texts[i] = await received.Reader.ReadAsync(patience.Token);
        await Channel.BasicCancelAsync(tag, cancellationToken: Token);
        return texts;
    }

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
