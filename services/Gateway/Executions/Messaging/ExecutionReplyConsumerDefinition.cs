using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>
/// Puts <see cref="ExecutionReplyConsumer"/> on this replica's own endpoint. It has no subscription, because runners send to it directly,
/// and
/// it keeps no failed messages, because the shared endpoint gets a copy of each.
/// </summary>
internal sealed class ExecutionReplyConsumerDefinition : ConsumerDefinition<ExecutionReplyConsumer>
{
    private readonly ReplyAddress _replyAddress;

    public ExecutionReplyConsumerDefinition(ReplyAddress replyAddress)
    {
        _replyAddress = replyAddress;
        Endpoint(endpoint =>
        {
            endpoint.Name = $"execution-replies-{Guid.NewGuid():N}";
            endpoint.Temporary = true;
            endpoint.ConfigureConsumeTopology = false;
        });
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<ExecutionReplyConsumer> consumerConfigurator,
        IRegistrationContext context
    )
    {
        endpointConfigurator.LimitLargeMessages();
        endpointConfigurator.DropFailures();
        endpointConfigurator.TakeReplies();
        _replyAddress.Value = endpointConfigurator.InputAddress;
    }
}
