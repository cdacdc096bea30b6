using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>Puts <see cref="ExecutionInputConsumer"/> on an endpoint of this runner's own, which its events name.</summary>
internal sealed class ExecutionInputConsumerDefinition : ConsumerDefinition<ExecutionInputConsumer>
{
    private readonly RunnerAddress _address;

    public ExecutionInputConsumerDefinition(RunnerAddress address)
    {
        _address = address;
        ConcurrentMessageLimit = 1;
        Endpoint(endpoint =>
        {
            endpoint.Name = $"{address.Name}-input";
            endpoint.Temporary = true;
            // Input is sent to the runner that holds the execution, and to no other.
            endpoint.ConfigureConsumeTopology = false;
        });
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<ExecutionInputConsumer> consumerConfigurator,
        IRegistrationContext context
    )
    {
        endpointConfigurator.DropFailures();
        _address.Value = endpointConfigurator.InputAddress;
    }
}
