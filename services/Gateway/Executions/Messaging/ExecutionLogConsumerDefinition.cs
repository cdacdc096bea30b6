using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Puts <see cref="ExecutionLogConsumer"/> on the shared endpoint.</summary>
internal sealed class ExecutionLogConsumerDefinition : ConsumerDefinition<ExecutionLogConsumer>
{
    public ExecutionLogConsumerDefinition() => EndpointName = ExecutionEventsEndpoint.Name;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<ExecutionLogConsumer> consumerConfigurator,
        IRegistrationContext context
    ) => consumerConfigurator.UseMessageRetry(ExecutionEventsEndpoint.RetryWhileUnavailable);
}
