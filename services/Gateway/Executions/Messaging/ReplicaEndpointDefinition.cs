using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>
/// Puts a consumer on an endpoint of this replica's own, and alone: plain messages say nothing of their type. What it cannot process others
/// have as well.
/// </summary>
internal abstract class ReplicaEndpointDefinition<TConsumer> : ConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer
{
    protected ReplicaEndpointDefinition(string purpose) =>
        Endpoint(endpoint =>
        {
            endpoint.Name = $"execute-code-{purpose}-{Guid.NewGuid():N}";
            endpoint.Temporary = true;
        });

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<TConsumer> consumerConfigurator,
        IRegistrationContext context
    ) => endpointConfigurator.DropFailures();
}
