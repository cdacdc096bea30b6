using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions;
using CodeInterpreter.Gateway.Tests.Hosting;

namespace CodeInterpreter.Gateway.Tests.Executions;

public sealed class FinishedExecutionsTests : IDisposable
{
    private static readonly ExecutionRecord Queued = new()
    {
        ExecutionId = "a",
        UserId = "u",
        AcceptedAt = default,
    };

    private static readonly ExecutionFinished Finished = new()
    {
        ExecutionId = "a",
        UserId = "u",
        RunnerId = "r",
        FinishedAt = DateTimeOffset.UnixEpoch,
        Result = RunnerScript.Succeeded("1"),
    };

    private readonly WaitingExecutions _waitingExecutions = new();
    private readonly BlockedExecutionStore _store = new(Queued);
    private readonly FinishedExecutions _finishedExecutions;

    public FinishedExecutionsTests() => _finishedExecutions = new(_waitingExecutions, _store);

    public void Dispose() => _finishedExecutions.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TakeIn_SlowStore_TheCallerDoesNotWaitForIt()
    {
        using var waiting = _waitingExecutions.Add("a");

        var takingIn = _finishedExecutions.TakeInAsync(Finished, Token);

        waiting.Finished.IsCompletedSuccessfully.ShouldBeTrue();
        takingIn.IsCompleted.ShouldBeFalse();
        _store.Writing.SetResult();
        await takingIn;
    }

    [Fact]
    public async Task Find_ResultThatIsNotStoredYet_IsFoundByItsOwnerOnly()
    {
        _ = _finishedExecutions.TakeInAsync(Finished, Token);

        var execution = await _finishedExecutions.FindAsync("u", "a", Token);
        var foreign = await _finishedExecutions.FindAsync("v", "a", Token);

        execution.ShouldBe(Queued.Finish(Finished));
        foreign.ShouldBeNull();
    }

    [Fact]
    public async Task TakeIn_AnotherEndBeforeTheFirstIsStored_TheFirstIsStored()
    {
        var takingIn = _finishedExecutions.TakeInAsync(Finished, Token);
        var again = _finishedExecutions.TakeInAsync(Finished with { Result = RunnerScript.Succeeded("2") }, Token);

        _store.Writing.SetResult();
        await Task.WhenAll(takingIn, again);

        _store.Written.ShouldBe([Finished]);
    }

    [Fact]
    public async Task TakeIn_ComesOnceMore_IsNotStoredOnceMore()
    {
        _store.Writing.SetResult();

        await _finishedExecutions.TakeInAsync(Finished, Token);
        await _finishedExecutions.TakeInAsync(Finished, Token);

        _store.Written.ShouldBe([Finished]);
    }

    [Fact]
    public async Task TakeIn_TheFirstBearerIsStopped_TheNextOneIsNot_AndTheResultIsStored()
    {
        using var firstBearer = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var takingIn = _finishedExecutions.TakeInAsync(Finished, firstBearer.Token);
        var again = _finishedExecutions.TakeInAsync(Finished, Token);

        await firstBearer.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(takingIn);
        (await _finishedExecutions.FindAsync("u", "a", Token)).ShouldBe(Queued.Finish(Finished));
        _store.Writing.SetResult();
        await again;
        _store.Written.ShouldBe([Finished]);
    }

    [Fact]
    public async Task TakeIn_StoreFails_TheCallerIsAnsweredAndTheBusTriesAgain()
    {
        using var waiting = _waitingExecutions.Add("a");
        _store.Writing.SetException(new IOException());

        await Should.ThrowAsync<IOException>(_finishedExecutions.TakeInAsync(Finished, Token));

        waiting.Finished.IsCompletedSuccessfully.ShouldBeTrue();
        (await _finishedExecutions.FindAsync("u", "a", Token)).ShouldBe(Queued);
        await Should.ThrowAsync<IOException>(_finishedExecutions.TakeInAsync(Finished, Token));
        _store.Written.ShouldBe([Finished, Finished]);
    }
}
