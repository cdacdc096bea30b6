using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Puts <see cref="RoomForDeferredConsumer"/> on an endpoint of this replica's own: any of them may be the one that keeps executions.</summary>
internal sealed class RoomForDeferredConsumerDefinition : ConsumerDefinition<RoomForDeferredConsumer>
{
    public RoomForDeferredConsumerDefinition() => Endpoint(endpoint =>
    {
        endpoint.Name = $"execute-code-keeper-{Guid.NewGuid():N}";
        endpoint.Temporary = true;
    });

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<RoomForDeferredConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        endpointConfigurator.DropFailures();
    }
}
