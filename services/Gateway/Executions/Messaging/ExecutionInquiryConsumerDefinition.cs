using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>One of the replicas answers; none does while the database is unavailable.</summary>
internal sealed class ExecutionInquiryConsumerDefinition : ConsumerDefinition<ExecutionInquiryConsumer>
{
    // As long as the runner waits.
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
            retry.Handle<GatewayException>(ExecutionEventsEndpoint.IsUnavailable);
            retry.Intervals(RetryIntervals);
        });
    }
}
