using MassTransit;
using MassTransit.RabbitMqTransport.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CodeInterpreter.ServiceDefaults.Messaging;

/// <summary>What the services require of their queues, whatever the transport. With the bus in memory these calls do nothing.</summary>
public static class QueueExtensions
{
    /// <summary>
    /// The broker takes a message back that is not acknowledged by then: longer than any execution, see ExecuteCode.LongestWallTimeSeconds.
    /// </summary>
    public static readonly TimeSpan AcknowledgementTimeout = TimeSpan.FromHours(1);

    private const int PrefetchedWhereLarge = 4;

    /// <summary>Makes the queue survive the loss of a broker.</summary>
    public static void UseQuorumQueue(this IReceiveEndpointConfigurator endpoint)
    {
        if (endpoint is not IRabbitMqReceiveEndpointConfigurator rabbit)
            return;
        rabbit.SetQuorumQueue();
        rabbit.SetDeliveryAcknowledgementTimeout(AcknowledgementTimeout);
    }

    /// <summary>Bounds the memory that large messages take here: few wait in the process, and fewer are handled at a time.</summary>
    public static void LimitLargeMessages(this IReceiveEndpointConfigurator endpoint)
    {
        endpoint.PrefetchCount = PrefetchedWhereLarge;
        endpoint.ConfigureReceive(receive => receive.UseFilter(new LargeMessageGate()));
    }

    /// <summary>
    /// Limits how long the queue gets, and how often the broker delivers one message; what exceeds that goes to the exchange
    /// <paramref name="deadLetters"/>. Its consumer declares it.
    /// </summary>
    public static void UseLimits(this IReceiveEndpointConfigurator endpoint, MessageBusOptions options, string deadLetters)
    {
        if (endpoint is not IRabbitMqReceiveEndpointConfigurator rabbit)
            return;
        rabbit.SetQueueArgument("x-max-length", options.QueueLimit);
        rabbit.SetQueueArgument("x-overflow", "reject-publish");
        rabbit.SetQueueArgument("x-delivery-limit", options.Redeliveries);
        rabbit.DeadLetterExchange = deadLetters;
    }

    /// <summary>
    /// Binds the queue to no exchange, so that its messages arrive over the default exchange only, see <see cref="DirectQueues"/>:
    /// an account that may read the queue cannot receive copies of its messages, and needs no right to publish to it.
    /// </summary>
    public static void TakeDirectMessagesOnly(this IReceiveEndpointConfigurator endpoint)
    {
        if (endpoint is not RabbitMqReceiveEndpointConfiguration rabbit)
            return;
        rabbit.ConfigureConsumeTopology = false;
        rabbit.BindQueue = false;
        rabbit.ConfigureChannel(channel => channel.UseFilter(new UnboundQueue(rabbit.Settings)));
    }

    /// <summary>Takes the answers that are sent to this endpoint over the exchange <see cref="Announcements.Replies"/>.</summary>
    public static void TakeReplies(this IReceiveEndpointConfigurator endpoint)
    {
        if (endpoint is not RabbitMqReceiveEndpointConfiguration rabbit)
            return;
        rabbit.Bind(
            Announcements.Replies,
            binding =>
            {
                binding.ExchangeType = "direct";
                binding.Durable = true;
                binding.AutoDelete = false;
                binding.RoutingKey = rabbit.Settings.QueueName;
            }
        );
    }

    /// <summary>Makes the queue of what <see cref="UseLimits"/> gives up.</summary>
    public static void UseDeadLetterQueue(this IReceiveEndpointConfigurator endpoint)
    {
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
            rabbit.SetQuorumQueue();
    }

    /// <summary>
    /// Records what the endpoint cannot process as <see cref="FailedMessage"/>, and drops it, without a copy anywhere.
    /// </summary>
    public static void RecordFailures(
        this IReceiveEndpointConfigurator endpoint,
        IRegistrationContext context,
        params IFilter<ExceptionReceiveContext>[] before
    )
    {
        var record = ActivatorUtilities.CreateInstance<FailureRecord>(context);
        endpoint.PublishFaults = false;
        endpoint.ConfigureError(error =>
        {
            foreach (var filter in before)
                error.UseFilter(filter);
            error.UseFilter(record);
        });
        endpoint.ConfigureDeadLetter(skipped => skipped.UseFilter(record));
    }

    /// <summary>Drops what the endpoint cannot process: others receive it as well, or no caller waits for it.</summary>
    public static void DropFailures(this IReceiveEndpointConfigurator endpoint)
    {
        endpoint.PublishFaults = false;
        endpoint.DiscardFaultedMessages();
        endpoint.DiscardSkippedMessages();
    }

    /// <summary>Makes the queue that keeps all services' <see cref="FailedMessage"/>s.</summary>
    public static void KeepFailedMessages(this IReceiveEndpointConfigurator endpoint)
    {
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
            rabbit.ConfigureChannel(channel => channel.UseFilter(new FailedMessageQueue()));
    }

    /// <summary>Lets the broker refuse a message that no queue takes, instead of dropping it.</summary>
    public static void RequireQueue(this SendContext context)
    {
        if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit))
            rabbit.Mandatory = true;
    }
}
