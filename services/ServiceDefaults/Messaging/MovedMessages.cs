using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace CodeInterpreter.ServiceDefaults.Messaging;

/// <summary>Moves messages to another queue unchanged, whatever their sender and form.</summary>
public static class MovedMessages
{
    // What the broker writes into the headers of a message that is delivered; it belongs to the queue that it has left.
    private static readonly string[] OfTheQueue = ["x-delivery-count", "x-acquired-count"];

    /// <summary>
    /// Moves the message to the queue that is bound with this key to the direct exchange of its name, with its body and its properties, and
    /// with these headers added. Returns when the queue has it, and the delivery may be acknowledged; false when the broker refuses that:
    /// there is no such queue, it does not take messages with this key, or it is full.
    /// </summary>
    /// <exception cref="NotConfirmedException">The broker did not confirm in time; the queue may have the message.</exception>
    public static async Task<bool> TryMoveAsync<T>(
        this ConsumeContext<T> context,
        string queue,
        string routingKey,
        IReadOnlyDictionary<string, object> headers,
        TimeProvider time
    )
        where T : class
    {
        var received = context.ReceiveContext;
        if (
            received.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery) && received.TryGetPayload<ChannelContext>(out var channel)
        )
        {
            var properties = PropertiesOf(delivery.Properties, headers);
            try
            {
                // Until the broker takes the delivery back: given up earlier, the message could be in both queues.
                await time.ConfirmedAsync(
                    QueueExtensions.AcknowledgementTimeout,
                    async token =>
                    {
                        // An account that may publish to the default exchange may publish to every queue.
                        await channel.ExchangeDeclare(
                            queue,
                            "direct",
                            durable: true,
                            autoDelete: false,
                            new Dictionary<string, object?>(),
                            token
                        );
                        await channel.BasicPublishAsync(
                            queue,
                            routingKey,
                            mandatory: true,
                            properties,
                            received.Body.GetBytes(),
                            awaitAck: true,
                            token
                        );
                    },
                    context.CancellationToken
                );
                return true;
            }
            catch (Exception exception) when (IsRefusal(exception) || (exception.InnerException is { } inner && IsRefusal(inner)))
            {
                return false;
            }
        }

        await (await context.GetSendEndpoint(new Uri($"queue:{queue}"))).SendAgainAsync(
            context.Message,
            context.ResponseAddress,
            headers,
            context.CancellationToken
        );
        return true;
    }

    /// <summary>Sends a message on, in the memory of one process: unchanged for its consumer.</summary>
    public static Task SendAgainAsync<T>(
        this ISendEndpoint endpoint,
        T message,
        Uri? responseAddress,
        IReadOnlyDictionary<string, object> headers,
        CancellationToken cancellationToken
    )
        where T : class =>
        endpoint.Send(
            message,
            Pipe.Execute<SendContext<T>>(sent =>
            {
                sent.ResponseAddress = responseAddress;
                foreach (var (name, value) in headers)
                    sent.Headers.Set(name, value);
            }),
            cancellationToken
        );

    /// <summary>The properties of a message that is published once more, with these headers added.</summary>
    public static BasicProperties PropertiesOf(IReadOnlyBasicProperties properties, IReadOnlyDictionary<string, object> headers)
    {
        var moved = new BasicProperties(properties)
        {
            Headers = new Dictionary<string, object?>(properties.Headers ?? new Dictionary<string, object?>()),
        };
        foreach (var name in OfTheQueue)
            moved.Headers.Remove(name);
        foreach (var (name, value) in headers)
            moved.Headers[name] = value;
        return moved;
    }

    /// <summary>Whether the message has come with a header, as the broker has it or, in memory, as the sender wrote it.</summary>
    public static bool HasHeader(this ConsumeContext context, string name) =>
        context.ReceiveContext.TransportHeaders.TryGetHeader(name, out _) || context.Headers.TryGetHeader(name, out _);

    private static bool IsRefusal(Exception exception) => exception is RabbitMQ.Client.Exceptions.PublishException;
}
