using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Grpc;
using CodeInterpreter.FileStore.Tests.Hosting;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.FileStore.Tests.Grpc;

public sealed class StreamDeadlineTests
{
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Wait_StepThatTakesTooLong_IsStalled()
    {
        using var deadline = new StreamDeadline(IdleTimeout, _time, default, default);

        var step = deadline.WaitAsync(NeverAsync);
        _time.Advance(IdleTimeout);

        (await Should.ThrowAsync<FileStoreException>(() => step.WaitAsync(Eventually.Patience))).Error.ShouldBe(FileError.Stalled);
    }

    [Fact]
    public async Task Wait_EachStepInTime_HasNoLimitInTotal()
    {
        using var deadline = new StreamDeadline(IdleTimeout, _time, default, default);
        for (var i = 0; i < 10; i++)
        {
            var step = new TaskCompletionSource<int>();
            var waiting = deadline.WaitAsync(_ => step.Task);
            _time.Advance(IdleTimeout - TimeSpan.FromMilliseconds(1));
            step.SetResult(i);
            (await waiting).ShouldBe(i);
        }
    }

    [Fact]
    public async Task Wait_TimeBetweenSteps_DoesNotCount()
    {
        using var deadline = new StreamDeadline(IdleTimeout, _time, default, default);
        await deadline.WaitAsync(_ => Task.FromResult(1));
        _time.Advance(IdleTimeout * 2);

        (await deadline.WaitAsync(token => Task.FromResult(token.IsCancellationRequested))).ShouldBeFalse();
    }

    [Fact]
    public async Task Wait_HostHasDrained_IsStopping()
    {
        using var drained = new CancellationTokenSource();
        using var deadline = new StreamDeadline(IdleTimeout, _time, drained.Token, default);

        var step = deadline.WaitAsync(NeverAsync);
        await drained.CancelAsync();

        (await Should.ThrowAsync<FileStoreException>(() => step.WaitAsync(Eventually.Patience))).Error.ShouldBe(FileError.Stopping);
    }

    [Fact]
    public async Task Wait_CallerDisconnects_IsCancelled()
    {
        using var gone = new CancellationTokenSource();
        using var deadline = new StreamDeadline(IdleTimeout, _time, default, gone.Token);

        var step = deadline.WaitAsync(NeverAsync);
        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => step.WaitAsync(Eventually.Patience));
    }

    [Fact]
    public async Task Wait_ConnectionBreaks_IsCancelledWithoutAnError()
    {
        using var deadline = new StreamDeadline(IdleTimeout, _time, default, default);

        var failure = await Should.ThrowAsync<RpcException>(() =>
            deadline.WaitAsync<int>(_ => throw new IOException("The client reset the request stream."))
        );

        failure.StatusCode.ShouldBe(StatusCode.Cancelled);
    }

    private static async Task<int> NeverAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return 0;
    }
}
