using CodeInterpreter.Gateway.Executions.Messaging;

namespace CodeInterpreter.Gateway.Tests.Executions;

public sealed class ExecutionEventsEndpointTests
{
    [Fact]
    public void RetryIntervals_OutlastTheHourInWhichTheBrokerLeavesAnEventWithUs() =>
        ExecutionEventsEndpoint.RetryIntervals.Aggregate((sum, pause) => sum + pause).ShouldBeGreaterThan(TimeSpan.FromHours(1));
}
