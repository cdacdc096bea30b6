using System.Diagnostics;
using System.Diagnostics.Metrics;
using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Sandboxes.Pool;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Runner.Tests.Sandboxes.Pool;

public sealed class PoolMetricsTests : IAsyncLifetime
{
    private readonly IMeterFactory _meters = TestMeters.Create();
    private readonly StandInEngine _engine = new();
    private SandboxPool _pool = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _pool = new SandboxPool(
            _engine,
            Options.Create(new PoolOptions { Bare = 1, Data = 0 }),
            new SandboxInstruments(_meters),
            new FakeTimeProvider(),
            NullLogger<SandboxPool>.Instance
        );
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        _meters.Dispose();
    }

    [Fact]
    public async Task TakeAsync_WithAndWithoutReadySandboxes_IsAHitAndAMiss()
    {
        using var taken = _meters.Collect<long>("sandboxes.taken");

        _pool.Retire(await _pool.TakeAsync(SandboxProfile.Bare, Token));
        await IdleAsync(1);
        _pool.Retire(await _pool.TakeAsync(SandboxProfile.Data, Token));

        taken.TagsOf("result").ShouldBe(["miss", "hit"]);
        taken.TagsOf("profile").ShouldBe(["bare", "data"]);
    }

    [Fact]
    public async Task Open_FullPool_IsShownByProfile()
    {
        using var idle = _meters.Collect<int>("sandboxes.idle");

        _pool.Open();
        await IdleAsync(1);
        idle.RecordObservableInstruments();

        idle.GetMeasurementSnapshot()
            .ToDictionary(count => count.Tags["profile"]!, count => count.Value)
            .ShouldBe(
                new Dictionary<object, int>
                {
                    ["bare"] = 1,
                    ["data"] = 0,
                    ["lean"] = 0,
                },
                ignoreOrder: true
            );
    }

    [Fact]
    public async Task TakeAsync_StartsAnotherSandbox_OutsideTheTraceOfTheExecution()
    {
        using var execution = new Activity("execution").Start();

        _pool.Retire(await _pool.TakeAsync(SandboxProfile.Bare, Token));

        _engine.Traces.ShouldNotBeEmpty();
        _engine.Traces.ShouldAllBe(trace => trace == null);
    }

    private async Task IdleAsync(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (_pool.IdleCount != count)
            await poll.WaitForNextTickAsync(patience.Token);
    }
}
