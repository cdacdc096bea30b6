using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>Puts <see cref="CancelExecutionConsumer"/> on an endpoint of this runner's own: every runner receives the command.</summary>
internal sealed class CancelExecutionConsumerDefinition : ConsumerDefinition<CancelExecutionConsumer>
{
    public CancelExecutionConsumerDefinition(RunnerAddress address) =>
        Endpoint(endpoint =>
        {
            endpoint.Name = $"{address.Name}-cancel";
            endpoint.Temporary = true;
        });

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<CancelExecutionConsumer> consumerConfigurator,
        IRegistrationContext context
    )
    {
        endpointConfigurator.DropFailures();
    }
}
