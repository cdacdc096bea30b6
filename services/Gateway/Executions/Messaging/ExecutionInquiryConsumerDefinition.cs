using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>One of the replicas answers; as long as the database is away, none does.</summary>
internal sealed class ExecutionInquiryConsumerDefinition : ConsumerDefinition<ExecutionInquiryConsumer>
{
    // The runner does not wait longer.
    private static readonly TimeSpan[] RetryIntervals = [.. Enumerable.Repeat(TimeSpan.FromSeconds(1), 10)];

    public ExecutionInquiryConsumerDefinition() => EndpointName = "execution-inquiries";

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<ExecutionInquiryConsumer> consumerConfigurator,
        IRegistrationContext context
    )
    {
        endpointConfigurator.UseQuorumQueue();
        endpointConfigurator.RecordFailures(context);
        consumerConfigurator.UseMessageRetry(retry =>
        {
            retry.Handle<GatewayException>(ExecutionEventsEndpoint.IsAway);
            retry.Intervals(RetryIntervals);
        });
    }
}
