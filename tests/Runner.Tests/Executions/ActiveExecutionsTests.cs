using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Executions;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Runner.Tests.Executions;

public sealed class ActiveExecutionsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ActiveExecutions _executions;

    private static CancelExecution Withdrawal =>
        new()
        {
            UserId = "u",
            ExecutionId = "a",
            UnlessStarted = true,
        };

    public ActiveExecutionsTests() => _executions = new ActiveExecutions(_time);

    public void Dispose() => _executions.Dispose();

    [Fact]
    public void Cancel_RunningExecution_IsCancelled()
    {
        var control = _executions.Begin(TestCommand.Create("a", "u"));

        _executions.Cancel(new CancelExecution { UserId = "u", ExecutionId = "a" });

        control.Cancelled.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public void Cancel_BeforeTheExecutionArrives_IsRemembered()
    {
        _executions.Cancel(new CancelExecution { UserId = "u", ExecutionId = "a" });

        _executions.Begin(TestCommand.Create("a", "u")).Cancelled.IsCancellationRequested.ShouldBeTrue();
        _time.Advance(TimeSpan.FromHours(1));
        _executions.Begin(TestCommand.Create("a", "u")).Cancelled.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public void Withdraw_BeforeTheExecutionArrives_PreventsItsStart()
    {
        _executions.Cancel(Withdrawal);

        var control = _executions.Begin(TestCommand.Create("a", "u"));

        (control.IsWithdrawn, control.Cancelled.IsCancellationRequested, control.TryStart()).ShouldBe((true, true, false));
    }

    [Fact]
    public void Withdraw_StartedExecution_Continues()
    {
        var control = _executions.Begin(TestCommand.Create("a", "u"));
        control.TryStart().ShouldBeTrue();

        _executions.Cancel(Withdrawal);

        (control.IsWithdrawn, control.Cancelled.IsCancellationRequested).ShouldBe((false, false));
    }

    [Fact]
    public void Withdraw_ExecutionOfALostRunner_IsStarted()
    {
        _executions.Cancel(Withdrawal);

        _executions.Begin(TestCommand.Create("a", "u"), isRedelivered: true).TryStart().ShouldBeTrue();
    }

    [Fact]
    public void Withdraw_CancelledExecution_StaysCancelled()
    {
        _executions.Cancel(new CancelExecution { UserId = "u", ExecutionId = "a" });
        _executions.Cancel(Withdrawal);

        var control = _executions.Begin(TestCommand.Create("a", "u"), isRedelivered: true);

        (control.IsWithdrawn, control.Cancelled.IsCancellationRequested).ShouldBe((false, true));
    }

    [Theory]
    [InlineData("v", "a")]
    [InlineData("u", "b")]
    public void Cancel_ExecutionOfAnotherRunner_ChangesNothing(string user, string execution)
    {
        var control = _executions.Begin(Interactive("a", "u"));

        _executions.Cancel(new CancelExecution { UserId = user, ExecutionId = execution });
        var input = new ExecutionInput
        {
            UserId = user,
            ExecutionId = execution,
            Text = "x",
        };

        control.Cancelled.IsCancellationRequested.ShouldBeFalse();
        _executions.Feed(input).ShouldBeFalse();
    }

    [Fact]
    public void Feed_ExecutionThatIsNotInteractive_IsDropped()
    {
        _executions.Begin(TestCommand.Create("a", "u"));

        _executions.Feed(Input("x")).ShouldBeFalse();
    }

    [Fact]
    public void Feed_FinishedExecution_IsDropped()
    {
        var command = Interactive("a", "u");
        var control = _executions.Begin(command);
        _executions.End(command);

        _executions.Feed(Input("x")).ShouldBeFalse();
        // As for the one who has found it a moment before it ended.
        control.Feed(Input("x")).ShouldBeFalse();
    }

    [Fact]
    public void Feed_CodeThatDoesNotRead_DelaysNoOther()
    {
        _executions.Begin(Interactive("a", "u"));
        _executions.Begin(Interactive("b", "v"));
        var piece = Input(new string('x', 64 * 1024));

        var taken = Enumerable.Range(0, 1000).TakeWhile(_ => _executions.Feed(piece)).Count();

        taken.ShouldBeInRange(100, ExecutionControl.MaxWaitingBytes / (64 * 1024));
        _executions
            .Feed(
                new ExecutionInput
                {
                    UserId = "v",
                    ExecutionId = "b",
                    Text = "y",
                }
            )
            .ShouldBeTrue();
    }

    [Fact]
    public void Cancel_FinishedExecution_ChangesNothing()
    {
        var command = TestCommand.Create("a", "u");
        _executions.Begin(command);
        _executions.End(command);

        Should.NotThrow(() => _executions.Cancel(new CancelExecution { UserId = "u", ExecutionId = "a" }));
    }

    private static ExecuteCode Interactive(string execution, string user) =>
        TestCommand.Create(execution, user) with
        {
            Interactive = true,
        };

    private static ExecutionInput Input(string text) =>
        new()
        {
            UserId = "u",
            ExecutionId = "a",
            Text = text,
        };
}
