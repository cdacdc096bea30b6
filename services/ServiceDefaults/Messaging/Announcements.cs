using System.Text.Json;
using MassTransit;
using MassTransit.RabbitMqTransport;
using MassTransit.Serialization;
using RabbitMQ.Client;

namespace CodeInterpreter.ServiceDefaults.Messaging;

/// <summary>Publishes the outcome of a command: to its sender, and to all subscribers.</summary>
public static class Announcements
{
    /// <summary>
    /// The direct exchange for answers. A queue gets those that name it as where to answer to when it is bound with its own name as routing
    /// key. Runners may publish to it and to no queue, as they could give each other commands otherwise.
    /// </summary>
    public const string Replies = "execution-replies";

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private const string EnvelopeType = "application/vnd.masstransit+json";

    /// <summary>
    /// Sends <paramref name="message"/> to the response address of the command, or to the queue that a plain AMQP client named in
    /// <c>reply_to</c>, and publishes it. The sender comes first, because it waits.
    /// </summary>
    /// <exception cref="NotConfirmedException">The broker did not confirm in time; it may have either, both or none.</exception>
    public static Task AnnounceAsync<T>(this ConsumeContext context, T message, TimeProvider time)
        where T : class =>
        time.ConfirmedAsync(
            async token =>
            {
                // Not with the token of the limit: the reply is under way for longer than this call.
                await context.ReceiveContext.ReplyAsync(context.ResponseAddress, message, context.CancellationToken);
                await context.Publish(message, token);
            },
            context.CancellationToken
        );

    /// <summary>
    /// Announces the outcome as <see cref="AnnounceAsync{T}(ConsumeContext, T, TimeProvider)"/> does, and publishes it again until the
    /// broker confirms it, or gives the command to another consumer. Subscribers may get it more than once, its sender gets one reply. The
    /// waits for a confirmation grow up to five minutes, so that a broker that is short of memory does not get many copies.
    /// </summary>
    public static async Task AnnounceUntilConfirmedAsync<T>(
        this ConsumeContext context,
        T message,
        TimeProvider time,
        Action<NotConfirmedException> onUnconfirmed
    )
        where T : class
    {
        Task? reply = null;
        for (var wait = Confirmations.Timeout; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                await time.ConfirmedAsync(
                    wait,
                    async token =>
                    {
                        await (reply ??= context.ReceiveContext.ReplyAsync(context.ResponseAddress, message, context.CancellationToken));
                        await context.Publish(message, token);
                    },
                    context.CancellationToken
                );
                return;
            }
            catch (NotConfirmedException exception)
            {
                onUnconfirmed(exception);
            }
        }
    }

    /// <summary>
    /// Publishes the outcome of a message that could not be read as a command, as
    /// <see cref="AnnounceAsync{T}(ConsumeContext, T, TimeProvider)"/> does.
    /// </summary>
    /// <exception cref="NotConfirmedException">The broker did not confirm in time; it may have either, both or none.</exception>
    public static Task AnnounceAsync<T>(this ReceiveContext received, Uri? responseAddress, T message, TimeProvider time)
        where T : class =>
        time.ConfirmedAsync(
            async token =>
            {
                await received.ReplyAsync(responseAddress, message, received.CancellationToken);
                var subscribers = await received.PublishEndpointProvider.GetPublishSendEndpoint<T>();
                await subscribers.Send(message, token);
            },
            received.CancellationToken
        );

    private static async Task ReplyAsync<T>(
        this ReceiveContext received,
        Uri? responseAddress,
        T message,
        CancellationToken cancellationToken
    )
        where T : class
    {
        if (
            !received.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery)
            || !received.TryGetPayload<ChannelContext>(out var channel)
        )
        {
            if (responseAddress is null)
                return;
            var caller = await received.SendEndpointProvider.GetSendEndpoint(responseAddress);
            await caller.Send(message, cancellationToken);
        }
        else if (responseAddress is not null)
        {
            await channel.PublishAsync(
                DirectQueues.QueueOf(responseAddress),
                Envelope(message),
                new BasicProperties { ContentType = EnvelopeType },
                cancellationToken
            );
        }
        else if (delivery.Properties.ReplyTo is { Length: > 0 } queue)
        {
            var properties = new BasicProperties { ContentType = "application/json", Type = typeof(T).Name };
            if (delivery.Properties.CorrelationId is { } correlationId)
                properties.CorrelationId = correlationId;
            await channel.PublishAsync(queue, message, properties, cancellationToken);
        }
    }

    private static JsonMessageEnvelope Envelope<T>(T message)
        where T : class =>
        new()
        {
            MessageId = NewId.NextGuid().ToString(),
            MessageType = MessageTypeCache<T>.MessageTypeNames,
            Message = message,
        };

    /// <summary>
    /// Bypasses the transport, over an exchange that is declared first and never deleted. The queue of a sender that has disconnected no
    /// longer exists, and the broker drops the message. Publishing to a missing exchange would close the channel, and with it end
    /// everything that runs here.
    /// </summary>
    private static async Task PublishAsync<T>(
        this ChannelContext channel,
        string queue,
        T body,
        BasicProperties properties,
        CancellationToken cancellationToken
    )
    {
        await channel.GetOrAddPayload(() => new RepliesExchange(channel)).Made.WaitAsync(cancellationToken);
        await channel.BasicPublishAsync(
            Replies,
            queue,
            mandatory: false,
            properties,
            JsonSerializer.SerializeToUtf8Bytes(body, SystemTextJsonMessageSerializer.Options),
            // The copy for all subscribers is waited for; this one is the quick way, and the next event need not wait for its confirmation.
            awaitAck: false,
            cancellationToken
        );
    }

    /// <summary>That a channel has made the exchange, once.</summary>
    private sealed class RepliesExchange(ChannelContext channel)
    {
        public Task Made { get; } =
            channel.ExchangeDeclare(
                Replies,
                "direct",
                durable: true,
                autoDelete: false,
                new Dictionary<string, object?>(),
                channel.CancellationToken
            );
    }
}
