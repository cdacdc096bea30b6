using MassTransit;
using MassTransit.RabbitMqTransport;

namespace CodeInterpreter.ServiceDefaults.Messaging;

/// <summary>Makes the queue of <see cref="FailedMessage"/> before an endpoint takes its first message. Operators read it.</summary>
internal sealed class FailedMessageQueue : IFilter<ChannelContext>
{
    private static readonly Dictionary<string, object?> Bounds = new()
    {
        ["x-queue-type"] = "quorum",
        ["x-max-length"] = FailedMessage.MostKept,
        ["x-overflow"] = "drop-head",
        ["x-message-ttl"] = (long)FailedMessage.KeptFor.TotalMilliseconds,
    };

    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        var token = context.CancellationToken;
        await context.ExchangeDeclare(
            FailedMessage.Queue,
            "fanout",
            durable: true,
            autoDelete: false,
            new Dictionary<string, object?>(),
            token
        );
        await context.QueueDeclare(FailedMessage.Queue, durable: true, exclusive: false, autoDelete: false, Bounds, token);
        await context.QueueBind(FailedMessage.Queue, FailedMessage.Queue, "", new Dictionary<string, object?>(), token);
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("failed-messages");
}
