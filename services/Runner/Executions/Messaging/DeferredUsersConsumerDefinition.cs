using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>
/// Puts <see cref="DeferredUsersConsumer"/> on an endpoint of this runner's own, which takes one message after the other.
/// </summary>
internal sealed class DeferredUsersConsumerDefinition : ConsumerDefinition<DeferredUsersConsumer>
{
    public DeferredUsersConsumerDefinition(RunnerAddress address)
    {
        ConcurrentMessageLimit = 1;
        Endpoint(endpoint =>
        {
            endpoint.Name = $"{address.Name}-deferred";
            endpoint.Temporary = true;
        });
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<DeferredUsersConsumer> consumerConfigurator,
        IRegistrationContext context
    )
    {
        endpointConfigurator.DropFailures();
    }
}
