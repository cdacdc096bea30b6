using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Executions;
using CodeInterpreter.Runner.Tests.Sandboxes.Pool;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Runner.Tests.Executions;

/// <summary>Executions that come too late, or that nobody wants any more.</summary>
public sealed class UnstartedExecutionTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task ExecuteAsync_DeadlinePassedInTheQueue_IsNotStarted()
    {
        var command = Command() with { Deadline = _time.GetUtcNow() - ExecuteCode.ClockTolerance };

        var result = await ExecuteAsync(command);

        (result.Outcome, result.ReturnCode).ShouldBe((Outcome.TimedOut, null));
        result.Message.ShouldContain("not started");
    }

    [Fact]
    public async Task ExecuteAsync_TooCloseToTheDeadline_IsNotStarted()
    {
        var command = Command() with { StartBy = _time.GetUtcNow() - ExecuteCode.ClockTolerance };

        var result = await ExecuteAsync(command);

        (result.Outcome, result.ReturnCode).ShouldBe((Outcome.TimedOut, null));
        result.Message.ShouldContain("not started");
    }

    [Fact]
    public async Task ExecuteAsync_ClockAMinuteAhead_Runs()
    {
        var command = Command() with { StartBy = _time.GetUtcNow().AddSeconds(5 - 60), Deadline = _time.GetUtcNow().AddSeconds(36 - 60) };

        var result = await ExecuteAsync(command, ('S', "{}"), ('X', ExitReports.FiveBytes), ('Z', """{"files":0,"skipped":0}"""));

        result.Outcome.ShouldBe(Outcome.Succeeded);
    }

    [Fact]
    public async Task ExecuteAsync_WithdrawnWhileItWaitsForASandbox_IsNotStarted()
    {
        using var control = new ExecutionControl();
        var engine = new StandInEngine { Gate = new TaskCompletionSource() };
        var execution = TestPipeline.ExecuteAsync(Command(), engine, _time, TestMeters.Create(), control);

        control.Withdraw();

        var result = await execution;
        (result.Outcome, result.ReturnCode).ShouldBe((Outcome.TimedOut, null));
    }

    [Fact]
    public async Task ExecuteAsync_NoSandboxInTime_IsNotStarted()
    {
        var command = Command() with { StartBy = _time.GetUtcNow().AddSeconds(10) };
        var engine = new StandInEngine { Gate = new TaskCompletionSource() };
        var execution = TestPipeline.ExecuteAsync(command, engine, _time, TestMeters.Create());

        _time.Advance(TimeSpan.FromSeconds(10) + ExecuteCode.ClockTolerance);

        (await execution).Outcome.ShouldBe(Outcome.TimedOut);
    }

    [Fact]
    public async Task ExecuteAsync_CancelledInTheQueue_IsNotStarted()
    {
        using var control = new ExecutionControl();
        control.Cancel();
        var engine = new ScriptedEngine();

        var result = await TestPipeline.ExecuteAsync(Command(), engine, _time, TestMeters.Create(), control);

        (result.Outcome, result.KilledBy, result.ReturnCode).ShouldBe((Outcome.Cancelled, KilledBy.Cancellation, null));
        engine.Executing.IsCompleted.ShouldBeFalse();
    }

    private Task<ExecutionResult> ExecuteAsync(ExecuteCode command, params (char, string)[] script) =>
        TestPipeline.ExecuteAsync(command, new ScriptedEngine(script), _time, TestMeters.Create());

    private ExecuteCode Command() =>
        TestCommand.Create() with
        {
            AcceptedAt = _time.GetUtcNow(),
            Deadline = _time.GetUtcNow().AddMinutes(1),
        };
}
