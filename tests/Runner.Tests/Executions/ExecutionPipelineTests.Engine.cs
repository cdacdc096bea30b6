using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Executions;
using CodeInterpreter.Runner.Sandboxes;

namespace CodeInterpreter.Runner.Tests.Executions;

/// <summary>A sandbox fails because its engine has gone away.</summary>
public sealed partial class ExecutionPipelineTests
{
    private readonly ScriptedEngine _away = new(('S', "{}"), ('O', "hello"), ('!', """{"message":"gone"}"""))
    {
        Cause = SandboxFailureCause.EngineAway,
    };

    [Fact]
    public async Task ExecuteAsync_TheEngineStaysAway_HasItsResultOnlyThen()
    {
        var executing = ExecuteAsync(_away);
        await _away.Asked.WaitAsync(Token);
        executing.IsCompleted.ShouldBeFalse("its runner may be about to end, too");

        var result = await AdvanceAsync(executing, FailedSandboxes.EngineTimeout);

        (result.Outcome, result.KilledBy, result.Output.Text).ShouldBe((Outcome.SandboxFailed, KilledBy.Runner, "hello"));
        result.Message.ShouldContain("engine went away");
    }

    [Fact]
    public async Task ExecuteAsync_TheRunnerLosesTheExecutionWhileTheEngineIsAway_HasNoResult()
    {
        using var delivery = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var executing = ExecuteAsync(_away, delivery: delivery.Token);
        await _away.Asked.WaitAsync(Token);

        await delivery.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => executing.WaitAsync(TimeSpan.FromSeconds(30), Token));
    }

    [Fact]
    public async Task ExecuteAsync_TheEngineComesBack_IsNotRunAgain()
    {
        var executing = ExecuteAsync(_away);
        await _away.Asked.WaitAsync(Token);
        _away.Cause = SandboxFailureCause.Unknown;

        var result = await AdvanceAsync(executing, FailedSandboxes.EngineTimeout / 2);

        (result.Outcome, result.KilledBy, result.Output.Text).ShouldBe((Outcome.SandboxFailed, KilledBy.Runner, "hello"));
    }

    [Fact]
    public async Task ExecuteAsync_CancelledWhileTheEngineIsAway_IsCancelledAtOnce()
    {
        using var control = new ExecutionControl();
        var executing = ExecuteAsync(_away, control);
        await _away.Asked.WaitAsync(Token);

        control.Cancel();

        var result = await executing.WaitAsync(TimeSpan.FromSeconds(30), Token);
        (result.Outcome, result.Output.Text).ShouldBe((Outcome.Cancelled, "hello"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<ExecutionResult> ExecuteAsync(
        ScriptedEngine engine,
        ExecutionControl? control = null,
        CancellationToken? delivery = null
    ) => TestPipeline.ExecuteAsync(Command(), engine, _time, TestMeters.Create(), control, delivery: delivery);

    /// <summary>Lets that much time pass, in small steps, as the runner asks the engine again and again.</summary>
    private async Task<ExecutionResult> AdvanceAsync(Task<ExecutionResult> executing, TimeSpan most)
    {
        var end = _time.GetUtcNow() + most;
        while (!executing.IsCompleted && _time.GetUtcNow() < end)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        return await executing.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }
}
