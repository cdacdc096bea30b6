using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace CodeInterpreter.Benchmarks.Neighbours;

/// <summary>A client that publishes commands itself and waits for their results.</summary>
internal sealed class AmqpCaller : IAsyncDisposable
{
    private const string Replies = "execution-replies";
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly string _replyQueue;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _waiting = new();

    private AmqpCaller(IConnection connection, IChannel channel, string replyQueue) =>
        (_connection, _channel, _replyQueue) = (connection, channel, replyQueue);

    public static async Task<AmqpCaller> ConnectAsync(Uri broker, CancellationToken cancellationToken)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancellationToken);
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var queue = (await channel.QueueDeclareAsync(cancellationToken: cancellationToken)).QueueName;
        await channel.ExchangeDeclareAsync(Replies, "direct", durable: true, cancellationToken: cancellationToken);
        await channel.QueueBindAsync(queue, Replies, queue, cancellationToken: cancellationToken);
        var caller = new AmqpCaller(connection, channel, queue);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            caller.Receive(delivery);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(caller._replyQueue, autoAck: true, consumer, cancellationToken);
        return caller;
    }

    /// <returns>What the code printed.</returns>
    public async Task<string> ExecuteAsync(string user, string code, CancellationToken cancellationToken)
    {
        var (id, now) = (Guid.NewGuid().ToString("N"), DateTimeOffset.UtcNow);
        var answer = _waiting[id] = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var command = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                executionId = id,
                userId = user,
                code,
                wallTimeSeconds = 30,
                acceptedAt = now,
                deadline = now + Timeout,
            }
        );
        var properties = new BasicProperties
        {
            ContentType = "application/json",
            ReplyTo = _replyQueue,
            Persistent = true,
        };
        await _channel.BasicPublishAsync("", "execute-code", mandatory: true, properties, command, cancellationToken);
        return await answer.Task.WaitAsync(Timeout, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private void Receive(BasicDeliverEventArgs delivery)
    {
        if (delivery.BasicProperties.Type != "ExecutionFinished")
            return;
        var finished = JsonNode.Parse(Encoding.UTF8.GetString(delivery.Body.Span))!;
        if (_waiting.TryRemove(finished["executionId"]!.GetValue<string>(), out var answer))
            answer.TrySetResult(finished["result"]!["output"]!["text"]!.GetValue<string>());
    }
}
