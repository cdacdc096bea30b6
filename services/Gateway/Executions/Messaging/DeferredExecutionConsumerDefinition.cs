using CodeInterpreter.Contracts;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Puts <see cref="DeferredExecutionConsumer"/> on the deferred queue.</summary>
internal sealed class DeferredExecutionConsumerDefinition : ConsumerDefinition<DeferredExecutionConsumer>
{
    public DeferredExecutionConsumerDefinition()
    {
        // To keep their order.
        ConcurrentMessageLimit = 1;
        Endpoint(endpoint =>
        {
            endpoint.Name = DeferredExecutions.Queue;
            // Published commands go to the runners; this queue only receives what runners defer.
            endpoint.ConfigureConsumeTopology = false;
        });
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<DeferredExecutionConsumer> consumerConfigurator,
        IRegistrationContext context
    ) => endpointConfigurator.RecordFailures(context);
}
