using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions;
using CodeInterpreter.Gateway.Tests.Hosting;

namespace CodeInterpreter.Gateway.Tests.Executions;

public sealed class WaitingExecutionsTests
{
    private readonly WaitingExecutions _waitingExecutions = new();

    [Fact]
    public async Task TryComplete_Twice_TheFirstAnswerCounts()
    {
        using var waiting = _waitingExecutions.Add("a");

        _waitingExecutions.TryComplete(Finished("1")).ShouldBeTrue();
        _waitingExecutions.TryComplete(Finished("2")).ShouldBeFalse();

        (await waiting.Finished).Result.Output.Text.ShouldBe("1");
    }

    [Fact]
    public void TryComplete_SeveralWait_AllGetIt()
    {
        using var first = _waitingExecutions.Add("a");
        using var second = _waitingExecutions.Add("a");
        using var other = _waitingExecutions.Add("b");

        _waitingExecutions.TryComplete(Finished("1"));

        (first.Finished.IsCompleted, second.Finished.IsCompleted, other.Finished.IsCompleted).ShouldBe((true, true, false));
    }

    [Fact]
    public void TryComplete_NobodyWaits_SaysSo() => _waitingExecutions.TryComplete(Finished("1")).ShouldBeFalse();

    [Theory]
    [InlineData(0, 250)]
    [InlineData(25, 250)]
    [InlineData(100, 1000)]
    [InlineData(1000, 2000)]
    public void LookInterval_TheMoreWait_EachLooksLessOften_ButAlwaysSoonEnough(int waiting, int milliseconds)
    {
        for (var i = 0; i < waiting; i++)
            _waitingExecutions.Add($"{i}");

        _waitingExecutions.LookInterval(TimeSpan.FromMilliseconds(250)).ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
    }

    [Fact]
    public void Dispose_WaitingExecution_LeavesNothingBehind()
    {
        var waiting = _waitingExecutions.Add("a");
        waiting.Dispose();
        waiting.Dispose();

        _waitingExecutions.Count.ShouldBe(0);
        _waitingExecutions.TryComplete(Finished("1")).ShouldBeFalse();
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
