using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Watching;
using CodeInterpreter.Gateway.Tests.Hosting;

namespace CodeInterpreter.Gateway.Tests.Executions.Watching;

public sealed class SubscriptionsTests
{
    private readonly Subscriptions _subscriptions = new();

    [Fact]
    public async Task Publish_Twice_KeepsTheFirstResult()
    {
        using var waiting = _subscriptions.Add("a");

        _subscriptions.Publish(Finished("1")).ShouldBeTrue();
        _subscriptions.Publish(Finished("2")).ShouldBeFalse();

        (await waiting.Finished).Result.Output.Text.ShouldBe("1");
    }

    [Fact]
    public void Publish_SeveralSubscribers_AllReceiveIt()
    {
        using var first = _subscriptions.Add("a");
        using var second = _subscriptions.Add("a");
        using var other = _subscriptions.Add("b");

        _subscriptions.Publish(Finished("1"));

        (first.Finished.IsCompleted, second.Finished.IsCompleted, other.Finished.IsCompleted).ShouldBe((true, true, false));
    }

    [Fact]
    public void Publish_WithoutSubscribers_IsReported() => _subscriptions.Publish(Finished("1")).ShouldBeFalse();

    [Theory]
    [InlineData(0, 250)]
    [InlineData(25, 250)]
    [InlineData(100, 1000)]
    [InlineData(1000, 2000)]
    public void PollInterval_MoreSubscribers_IsLongerUpToALimit(int waiting, int milliseconds)
    {
        for (var i = 0; i < waiting; i++)
            _subscriptions.Add($"{i}");

        _subscriptions.PollInterval(TimeSpan.FromMilliseconds(250)).ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
    }

    [Fact]
    public void Dispose_Subscription_LeavesNothingBehind()
    {
        var waiting = _subscriptions.Add("a");
        waiting.Dispose();
        waiting.Dispose();

        _subscriptions.Count.ShouldBe(0);
        _subscriptions.Publish(Finished("1")).ShouldBeFalse();
    }

    [Fact]
    public async Task Publish_Event_ReachesFollowersOnly()
    {
        using var waiting = _subscriptions.Add("a");
        using var following = _subscriptions.Add("a", withEvents: true);
        var arrival = following.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, TestContext.Current.CancellationToken);

        _subscriptions.Publish(
            new LogEntry
            {
                ExecutionId = "a",
                UserId = "u",
                Sequence = 2,
            }
        );

        await arrival;
        following.TryRead(out var entry).ShouldBeTrue();
        entry.Sequence.ShouldBe(2);
        waiting.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Wait_ResultArrivedBefore_ReturnsAtOnce()
    {
        using var waiting = _subscriptions.Add("a");
        _subscriptions.Publish(Finished("1"));

        await waiting.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static ExecutionFinished Finished(string output) =>
        new()
        {
            ExecutionId = "a",
            UserId = "u",
            RunnerId = "r",
            FinishedAt = default,
            Result = RunnerScript.Succeeded(output),
        };
}
