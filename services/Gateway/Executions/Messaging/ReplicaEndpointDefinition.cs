using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>
/// Puts a consumer alone on an endpoint of this replica, because plain messages do not contain their type. Failed messages are dropped, as
/// the other replicas receive them, too.
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
