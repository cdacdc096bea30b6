using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Puts <see cref="DeferredCancellationConsumer"/> on an endpoint of this replica's own, and alone: plain messages say nothing of their type.</summary>
internal sealed class DeferredCancellationConsumerDefinition : ConsumerDefinition<DeferredCancellationConsumer>
{
    public DeferredCancellationConsumerDefinition() => Endpoint(endpoint =>
    {
        endpoint.Name = $"execute-code-cancel-{Guid.NewGuid():N}";
        endpoint.Temporary = true;
    });

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<DeferredCancellationConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        endpointConfigurator.DropFailures();
    }
}
