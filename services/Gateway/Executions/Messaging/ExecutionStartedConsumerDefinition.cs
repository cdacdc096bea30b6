using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Puts <see cref="ExecutionStartedConsumer"/> on the shared endpoint.</summary>
internal sealed class ExecutionStartedConsumerDefinition : ConsumerDefinition<ExecutionStartedConsumer>
{
    public ExecutionStartedConsumerDefinition() => EndpointName = ExecutionEventsEndpoint.Name;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<ExecutionStartedConsumer> consumerConfigurator,
        IRegistrationContext context
    ) => consumerConfigurator.UseMessageRetry(ExecutionEventsEndpoint.RetryWhileUnavailable);
}
