using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Executions;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Runner.Tests.Executions;

public sealed class RunningExecutionsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly RunningExecutions _executions;

    public RunningExecutionsTests() => _executions = new RunningExecutions(_time);

    public void Dispose() => _executions.Dispose();

    [Fact]
    public void Cancel_RunningExecution_IsHeard()
    {
        var control = _executions.Begin(TestCommand.Create("a", "u"));

        _executions.Cancel(new CancelExecution { UserId = "u", ExecutionId = "a" });

        control.Cancelled.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public void Cancel_BeforeTheExecutionComes_IsRemembered()
    {
        _executions.Cancel(new CancelExecution { UserId = "u", ExecutionId = "a" });

        _executions.Begin(TestCommand.Create("a", "u")).Cancelled.IsCancellationRequested.ShouldBeTrue();
        _time.Advance(TimeSpan.FromHours(1));
        _executions.Begin(TestCommand.Create("a", "u")).Cancelled.IsCancellationRequested.ShouldBeFalse();
    }

    [Theory]
    [InlineData("v", "a")]
    [InlineData("u", "b")]
    public async Task OthersCommands_DoNotConcernIt(string user, string execution)
    {
        var control = _executions.Begin(TestCommand.Create("a", "u"));

        _executions.Cancel(new CancelExecution { UserId = user, ExecutionId = execution });
        var input = new ExecutionInput { UserId = user, ExecutionId = execution, Text = "x" };

        control.Cancelled.IsCancellationRequested.ShouldBeFalse();
        (await _executions.FeedAsync(input, TestContext.Current.CancellationToken)).ShouldBeFalse();
    }

    [Fact]
    public void Cancel_ExecutionThatHasEnded_ChangesNothing()
    {
        var command = TestCommand.Create("a", "u");
        _executions.Begin(command);
        _executions.End(command);

        Should.NotThrow(() => _executions.Cancel(new CancelExecution { UserId = "u", ExecutionId = "a" }));
    }
}
