using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Puts <see cref="ExecutionFinishedConsumer"/> on the shared endpoint.</summary>
internal sealed class ExecutionFinishedConsumerDefinition : ConsumerDefinition<ExecutionFinishedConsumer>
{
    public ExecutionFinishedConsumerDefinition() => EndpointName = ExecutionEventsEndpoint.Name;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<ExecutionFinishedConsumer> consumerConfigurator,
        IRegistrationContext context
    )
    {
        endpointConfigurator.UseQuorumQueue();
        endpointConfigurator.LimitLargeMessages();
        endpointConfigurator.RecordFailures(context);
        endpointConfigurator.KeepFailedMessages();
        consumerConfigurator.UseMessageRetry(ExecutionEventsEndpoint.RetryWhileUnavailable);
    }
}
