using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>A client in any language, as docs/messages.md describes it: AMQP, JSON and a reply queue of its own.</summary>
internal sealed class PlainAmqpClient : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly string _replyQueue;
    private readonly Channel<(string Type, JsonObject Event)> _events = Channel.CreateUnbounded<(string, JsonObject)>();

    private PlainAmqpClient(IConnection connection, IChannel channel, string replyQueue) =>
        (_connection, _channel, _replyQueue) = (connection, channel, replyQueue);

    public string ReplyQueue => _replyQueue;

    public static async Task<PlainAmqpClient> ConnectAsync(Uri broker)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        var client = new PlainAmqpClient(connection, channel, (await channel.QueueDeclareAsync()).QueueName);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
            await client._events.Writer.WriteAsync((delivery.BasicProperties.Type!, JsonNode.Parse(delivery.Body.Span)!.AsObject()));
        await channel.ExchangeDeclareAsync("execution-replies", ExchangeType.Direct, durable: true, autoDelete: false);
        await channel.QueueBindAsync(client._replyQueue, "execution-replies", routingKey: client._replyQueue);
        await channel.BasicConsumeAsync(client._replyQueue, autoAck: true, consumer);
        return client;
    }

    public async Task PublishAsync(string json, string? seal = null)
    {
        var properties = new BasicProperties
        {
            ContentType = "application/json",
            ReplyTo = _replyQueue,
            DeliveryMode = DeliveryModes.Persistent,
            Headers = seal is null ? null : new Dictionary<string, object?> { ["execute-code-seal"] = seal },
        };
        await _channel.BasicPublishAsync("", "execute-code", mandatory: true, properties, Encoding.UTF8.GetBytes(json));
    }

    /// <summary>How many take messages from that queue.</summary>
    public Task<uint> ConsumersAsync(string queue) => _channel.ConsumerCountAsync(queue);

    /// <summary>Publishes what nobody answers.</summary>
    public async Task TellAsync(string exchange, string routingKey, string json) =>
        await _channel.BasicPublishAsync(
            exchange,
            routingKey,
            mandatory: true,
            new BasicProperties { ContentType = "application/json" },
            Encoding.UTF8.GetBytes(json)
        );

    public async Task<(string Type, JsonObject Event)> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _events.Reader.ReadAsync(patience.Token);
    }

    /// <summary>
    /// Skips all events up to the one with the result. A slow execution has an ExecutionStarted event, a fast one has none.
    /// </summary>
    public async Task<JsonObject> FinishedAsync()
    {
        while (true)
        {
            var (type, told) = await NextAsync();
            if (type == "ExecutionFinished")
                return told;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
