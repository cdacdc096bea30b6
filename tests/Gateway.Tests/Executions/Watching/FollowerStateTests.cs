using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Watching;

namespace CodeInterpreter.Gateway.Tests.Executions.Watching;

public sealed class FollowerStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Interval = EventFollower.KeepAliveInterval;

    [Fact]
    public void IsQuietFor_NoEvents_IsTrueOncePerInterval()
    {
        var follow = Begin(after: 0);

        follow.IsQuietFor(Interval, Now + Interval - TimeSpan.FromTicks(1)).ShouldBeFalse();
        follow.IsQuietFor(Interval, Now + Interval).ShouldBeTrue();
        follow.IsQuietFor(Interval, Now + Interval).ShouldBeFalse();
        follow.IsQuietFor(Interval, Now + (2 * Interval)).ShouldBeTrue();
        Interval.ShouldBeLessThan(TimeSpan.FromSeconds(30), "what proxies commonly allow a connection to be silent");
    }

    [Fact]
    public void IsQuietFor_AnEvent_CountsFromThere()
    {
        var follow = Begin(after: 0);
        follow.Add([
            new LogEntry
            {
                ExecutionId = "e",
                UserId = "u",
                Sequence = 2,
                StartedAt = Now,
            },
        ]);

        follow.Ready(Now + Interval).Count().ShouldBe(1);

        follow.IsQuietFor(Interval, Now + Interval).ShouldBeFalse();
        follow.IsQuietFor(Interval, Now + (2 * Interval)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, 5, 5)]
    [InlineData(4, 5, 5)]
    [InlineData(5, 5, 5)]
    [InlineData(4, 0, 5)]
    public void End_FromAnySequence_HasItsSequence(long after, long lastSequence, long expected)
    {
        var follow = Begin(after);
        follow.Execution = follow.Execution with
        {
            Status = ExecutionStatus.Finished,
            Result = new ExecutionResult { Outcome = Outcome.Succeeded },
            LastSequence = lastSequence,
        };

        follow.End(Now, grace: TimeSpan.Zero)!.Sequence.ShouldBe(expected);
    }

    private static FollowerState Begin(long after)
    {
        var execution = new ExecutionRecord
        {
            ExecutionId = "e",
            UserId = "u",
            AcceptedAt = Now,
            Live = true,
        };
        return new FollowerState(new WatchedExecution(execution, new Subscriptions().Add("e", withEvents: true)), after, Now);
    }
}
