using MassTransit;
using MassTransit.RabbitMqTransport;

namespace CodeInterpreter.ServiceDefaults.Messaging;

/// <summary>
/// Sends messages to one queue over the broker's default exchange, to which no other queue can be bound. MassTransit sends to an
/// exchange with the queue's name otherwise.
/// </summary>
public static class DirectQueues
{
    // What MassTransit takes for the default exchange.
    private static readonly Uri DefaultExchange = new($"exchange:{RabbitMqExchangeNames.ReplyTo}");

    /// <summary>Sends a message to the queue; without a broker to the endpoint of that name.</summary>
    public static async Task SendToQueueAsync<T>(
        this IBus bus,
        string queue,
        T message,
        Action<SendContext<T>> configure,
        CancellationToken cancellationToken
    )
        where T : class
    {
        if (bus.Address.Scheme == "loopback")
        {
            var endpoint = await bus.GetSendEndpoint(new Uri($"queue:{queue}"));
            await endpoint.Send(message, configure, cancellationToken);
            return;
        }

        var broker = await bus.GetSendEndpoint(DefaultExchange);
        await broker.Send(
            message,
            context =>
            {
                context.SetRoutingKey(queue);
                configure(context);
            },
            cancellationToken
        );
    }

    /// <summary>The queue of an endpoint, by its address.</summary>
    public static string QueueOf(Uri address) => address.AbsolutePath[(address.AbsolutePath.LastIndexOf('/') + 1)..];
}
