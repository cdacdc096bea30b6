using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Tests.Hosting;

namespace CodeInterpreter.Gateway.Tests.Executions.Lifecycle;

public sealed class ExecutionFinisherTests : IDisposable
{
    private static readonly ExecutionRecord Queued = new()
    {
        ExecutionId = "a",
        UserId = "u",
        AcceptedAt = DateTimeOffset.UtcNow,
    };

    private static readonly ExecutionFinished Finished = new()
    {
        ExecutionId = "a",
        UserId = "u",
        RunnerId = "r",
        FinishedAt = DateTimeOffset.UnixEpoch,
        Result = RunnerScript.Succeeded("1"),
    };

    private readonly BlockedExecutionStore _store = new(Queued);
    private readonly LifecycleParts _parts;
    private readonly ExecutionFinisher _finisher;

    public ExecutionFinisherTests()
    {
        _parts = new LifecycleParts(_store);
        _finisher = _parts.Finisher;
    }

    public void Dispose() => _finisher.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Finish_SlowStore_DoesNotDelayTheCaller()
    {
        using var waiting = _parts.Subscriptions.Add("a");

        var finishing = _finisher.FinishAsync(Finished, Token);

        waiting.Finished.IsCompletedSuccessfully.ShouldBeTrue();
        finishing.IsCompleted.ShouldBeFalse();
        _store.Writing.SetResult();
        await finishing;
    }

    [Fact]
    public async Task Find_ResultNotStoredYet_IsFoundByItsOwnerOnly()
    {
        _ = _finisher.FinishAsync(Finished, Token);

        var execution = await _parts.Reader.FindAsync("u", "a", Token);
        var foreign = await _parts.Reader.FindAsync("v", "a", Token);

        execution.ShouldBe(Queued.Finish(Finished));
        foreign.ShouldBeNull();
    }

    [Fact]
    public async Task Finish_SecondResultBeforeTheFirstIsStored_StoresTheFirst()
    {
        var finishing = _finisher.FinishAsync(Finished, Token);
        var again = _finisher.FinishAsync(Finished with { Result = RunnerScript.Succeeded("2") }, Token);

        _store.Writing.SetResult();
        await Task.WhenAll(finishing, again);

        _store.Written.ShouldBe([Finished]);
    }

    [Fact]
    public async Task Finish_SameResultAgain_IsStoredOnce()
    {
        _store.Writing.SetResult();

        await _finisher.FinishAsync(Finished, Token);
        await _finisher.FinishAsync(Finished, Token);

        _store.Written.ShouldBe([Finished]);
    }

    [Fact]
    public async Task Finish_FirstConsumerStopped_NextOneStoresTheResult()
    {
        using var firstBearer = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var finishing = _finisher.FinishAsync(Finished, firstBearer.Token);
        var again = _finisher.FinishAsync(Finished, Token);

        await firstBearer.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(finishing);
        (await _parts.Reader.FindAsync("u", "a", Token)).ShouldBe(Queued.Finish(Finished));
        _store.Writing.SetResult();
        await again;
        _store.Written.ShouldBe([Finished]);
    }

    [Fact]
    public async Task Finish_StoreFails_CallerIsAnsweredAndTheBusRetries()
    {
        using var waiting = _parts.Subscriptions.Add("a");
        _store.Writing.SetException(new IOException());

        await Should.ThrowAsync<IOException>(_finisher.FinishAsync(Finished, Token));

        waiting.Finished.IsCompletedSuccessfully.ShouldBeTrue();
        (await _parts.Reader.FindAsync("u", "a", Token)).ShouldBe(Queued);
        await Should.ThrowAsync<IOException>(_finisher.FinishAsync(Finished, Token));
        _store.Written.ShouldBe([Finished, Finished]);
    }
}
