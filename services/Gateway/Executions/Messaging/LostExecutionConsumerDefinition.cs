using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Puts <see cref="LostExecutionConsumer"/> on the dead-letter queue of the runners' queue.</summary>
internal sealed class LostExecutionConsumerDefinition : ConsumerDefinition<LostExecutionConsumer>
{
    public LostExecutionConsumerDefinition() =>
        Endpoint(endpoint =>
        {
            endpoint.Name = "execute-code-lost";
            // Published commands go to the runners; this queue only receives dead-lettered ones.
            endpoint.ConfigureConsumeTopology = false;
        });

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<LostExecutionConsumer> consumerConfigurator,
        IRegistrationContext context
    )
    {
        endpointConfigurator.UseDeadLetterQueue();
        endpointConfigurator.RecordFailures(context);
        endpointConfigurator.UseMessageRetry(retry => retry.Intervals(ExecutionEventsEndpoint.RetryIntervals));
    }
}
