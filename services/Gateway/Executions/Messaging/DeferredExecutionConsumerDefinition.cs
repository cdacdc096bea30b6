using CodeInterpreter.Contracts;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Puts <see cref="DeferredExecutionConsumer"/> on the deferred queue.</summary>
internal sealed class DeferredExecutionConsumerDefinition : ConsumerDefinition<DeferredExecutionConsumer>
{
    public DeferredExecutionConsumerDefinition()
    {
        // In their order.
        ConcurrentMessageLimit = 1;
        Endpoint(endpoint =>
        {
            endpoint.Name = DeferredExecutions.Queue;
            // What is published goes to the runners; here arrives what they could not take.
            endpoint.ConfigureConsumeTopology = false;
        });
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<DeferredExecutionConsumer> consumerConfigurator,
        IRegistrationContext context
    ) => endpointConfigurator.RecordFailures(context);
}
