using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Gateway.Environments.Messaging;

/// <summary>Puts <see cref="RunnerEnvironmentConsumer"/> on an endpoint of this replica, as each replica answers calls.</summary>
internal sealed class RunnerEnvironmentConsumerDefinition : ConsumerDefinition<RunnerEnvironmentConsumer>
{
    public RunnerEnvironmentConsumerDefinition() =>
        Endpoint(endpoint =>
        {
            endpoint.Name = $"gateway-{Guid.NewGuid():N}-environment";
            endpoint.Temporary = true;
        });

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<RunnerEnvironmentConsumer> consumerConfigurator,
        IRegistrationContext context
    )
    {
        endpointConfigurator.DropFailures();
    }
}
