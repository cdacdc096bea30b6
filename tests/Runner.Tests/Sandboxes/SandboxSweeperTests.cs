using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Tests.Sandboxes.Pool;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Runner.Tests.Sandboxes;

public sealed class SandboxSweeperTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(typeof(SandboxEngineException))]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(OperationCanceledException))]
    public async Task Sweep_AnyFailure_IsRetriedAndTheHostContinues(Type kind)
    {
        var sweeps = 0;
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var engine = new StandInEngine
        {
            Sweep = () =>
            {
                if (++sweeps == 1)
                    return Task.FromException<int>(Failure(kind));
                next.TrySetResult();
                return Task.FromResult(0);
            },
        };
        using var sweeper = new SandboxSweeper(
            engine,
            Options.Create(new SandboxOptions()),
            new SandboxInstruments(TestMeters.Create()),
            _time,
            NullLogger<SandboxSweeper>.Instance
        );
        await sweeper.StartAsync(Token);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!next.Task.IsCompleted && sweeper.ExecuteTask!.Status != TaskStatus.Faulted && !sweeper.ExecuteTask.IsCanceled)
        {
            _time.Advance(new SandboxOptions().SweepInterval);
            await poll.WaitForNextTickAsync(patience.Token);
        }

        next.Task.IsCompletedSuccessfully.ShouldBeTrue();
        await sweeper.StopAsync(Token);
    }

    private static Exception Failure(Type kind) =>
        kind == typeof(SandboxEngineException) ? new SandboxEngineException("away") : (Exception)Activator.CreateInstance(kind)!;
}
