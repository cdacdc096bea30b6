using CodeInterpreter.Gateway.Executions.Messaging;

namespace CodeInterpreter.Gateway.Tests.Executions.Messaging;

public sealed class ExecutionEventsEndpointTests
{
    [Fact]
    public void RetryIntervals_LastLongerThanTheAcknowledgementTimeout() =>
        ExecutionEventsEndpoint.RetryIntervals.Aggregate((sum, pause) => sum + pause).ShouldBeGreaterThan(TimeSpan.FromHours(1));
}
