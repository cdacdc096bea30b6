using MassTransit;
using MassTransit.RabbitMqTransport;

namespace CodeInterpreter.ServiceDefaults.Messaging;

/// <summary>Makes the queue of an endpoint without binding it to anything.</summary>
internal sealed class UnboundQueue(ReceiveSettings settings) : IFilter<ChannelContext>
{
    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        await context.QueueDeclare(
            settings.QueueName,
            settings.Durable,
            settings.Exclusive,
            settings.AutoDelete,
            settings.QueueArguments,
            context.CancellationToken
        );
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("unbound-queue");
}
