using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Sandboxes.Pool;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Runner.Tests.Sandboxes.Pool;

public sealed partial class SandboxPoolTests : IAsyncLifetime
{
    private readonly StandInEngine _engine = new();
    private readonly FakeTimeProvider _time = new();
    private SandboxPool _pool = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _pool = Pool(
            new PoolOptions
            {
                Bare = 2,
                Data = 1,
                ConcurrentStarts = 4,
            }
        );
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    [Fact]
    public async Task Open_StartsAFullPoolAndNoMore()
    {
        _pool.Open();

        await Until(() => _pool.IdleCount == 3);
        _engine.Starts.Order().ShouldBe([SandboxProfile.Bare, SandboxProfile.Bare, SandboxProfile.Data]);
    }

    [Fact]
    public async Task TakeAsync_OneIsReady_ReturnsItAndRefillsAfterTheDelay()
    {
        _pool.Open();
        await Until(() => _pool.IdleCount == 3);

        var sandbox = await _pool.TakeAsync(SandboxProfile.Data, Token);

        sandbox.Profile.ShouldBe(SandboxProfile.Data);
        _engine.Starts.Count.ShouldBe(3);
        await UntilRested(() => _pool.IdleCount == 3);
        _pool.Retire(sandbox);
    }

    [Fact]
    public async Task TakeAsync_LastOneTaken_RefillsAtOnce()
    {
        _pool.Open();
        await Until(() => _pool.IdleCount == 3);

        var taken = new[] { await _pool.TakeAsync(SandboxProfile.Bare, Token), await _pool.TakeAsync(SandboxProfile.Bare, Token) };

        await Until(() => _pool.IdleCount == 3);
        foreach (var sandbox in taken)
            _pool.Retire(sandbox);
    }

    [Fact]
    public async Task Retire_DestroysAfterTheDelay()
    {
        _pool.Open();
        await Until(() => _pool.IdleCount == 3);
        var sandbox = await _pool.TakeAsync(SandboxProfile.Bare, Token);

        _pool.Retire(sandbox);

        _engine.Alive.ShouldContain(alive => alive.Name == sandbox.Name);
        await UntilRested(() => _engine.Alive.All(alive => alive.Name != sandbox.Name));
    }

    [Fact]
    public async Task TakeAsync_ManyAtOnce_NoSandboxIsReturnedTwice()
    {
        _pool.Open();

        var taken = await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(i => Task.Run(() => _pool.TakeAsync(i % 3 == 0 ? SandboxProfile.Data : SandboxProfile.Bare, Token)))
        );

        taken.Select(sandbox => sandbox.Name).Distinct().Count().ShouldBe(100);
        foreach (var sandbox in taken)
            _pool.Retire(sandbox);
    }

    [Fact]
    public async Task TakeAsync_NoDataSandboxReady_ReturnsABareOne()
    {
        _pool.Open();
        await Until(() => _pool.IdleCount == 3);
        _engine.Gate = new TaskCompletionSource();

        var first = await _pool.TakeAsync(SandboxProfile.Data, Token);
        var second = await _pool.TakeAsync(SandboxProfile.Data, Token);

        (first.Profile, second.Profile).ShouldBe((SandboxProfile.Data, SandboxProfile.Bare));
        _engine.Gate.SetResult();
    }

    [Fact]
    public async Task Refill_NearlyFullPool_StartsOneAfterTheOther()
    {
        await using var pool = Pool(
            new PoolOptions
            {
                Bare = 8,
                Data = 0,
                ConcurrentStarts = 4,
            }
        );
        _engine.Gate = new TaskCompletionSource();
        pool.Open();
        await Until(() => _engine.MostAtOnce == 4);
        _engine.Gate.SetResult();
        await Until(() => pool.IdleCount == 8);
        (_engine.MostAtOnce, _engine.Gate) = (0, new TaskCompletionSource());

        foreach (var sandbox in _engine.Alive.Take(2))
            sandbox.Die();
        await Until(() => pool.IdleCount == 6 && _engine.Starts.Count == 9);
        _engine.Gate.SetResult();
        await Until(() => pool.IdleCount == 8);

        _engine.MostAtOnce.ShouldBe(1);
    }

    [Fact]
    public async Task Refill_AllSandboxesDie_AreReplaced()
    {
        _pool.Open();
        await Until(() => _pool.IdleCount == 3);
        var dead = _engine.Alive.ToList();

        dead.ForEach(sandbox => sandbox.Die());

        await UntilRested(() => dead.All(sandbox => !_engine.Alive.Contains(sandbox)));
        await UntilRested(() => _pool.IdleCount == 3);
        var taken = await _pool.TakeAsync(SandboxProfile.Bare, Token);
        dead.ShouldNotContain(sandbox => sandbox.Name == taken.Name);
        _pool.Retire(taken);
    }

    [Fact]
    public async Task TakeAsync_EngineUnavailable_WaitsAndRetriesAfterAPause()
    {
        await using var pool = Pool(
            new PoolOptions
            {
                Bare = 1,
                Data = 0,
                ConcurrentStarts = 1,
            }
        );
        _engine.Failure = new SandboxEngineException("no engine");
        var waiting = pool.TakeAsync(SandboxProfile.Bare, Token);
        await Until(() => _engine.Starts.Count == 1);
        await Until(() => !pool.Usable);
        _engine.Failure = null;

        await Until(() =>
        {
            if (_engine.Starts.Count == 1)
                _time.Advance(TimeSpan.FromSeconds(1));
            return waiting.IsCompleted;
        });

        (await waiting).Profile.ShouldBe(SandboxProfile.Lean);
        pool.Usable.ShouldBeTrue();
        pool.Retire(await waiting);
    }

    [Fact]
    public async Task Usable_LastStartFailedAndThePoolIsFull_IsCheckedAgain()
    {
        _pool.Open();
        await Until(() => _pool.IdleCount == 3);
        var first = _engine.Gate = new TaskCompletionSource();
        var taken = new[] { await _pool.TakeAsync(SandboxProfile.Bare, Token), await _pool.TakeAsync(SandboxProfile.Bare, Token) };
        await Until(() => _engine.Starts.Count == 5);
        var last = _engine.Gate = new TaskCompletionSource();
        using var impatience = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 3).Select(_ => _pool.TakeAsync(SandboxProfile.Bare, impatience.Token)).ToList();
        await Until(() => _engine.Starts.Count == 6);
        _engine.Gate = null;
        await impatience.CancelAsync();
        first.SetResult();
        await Until(() => _pool.IdleCount == 3);

        _engine.Failure = new SandboxEngineException("no engine");
        last.SetResult();
        await Until(() => !_pool.Usable);
        _engine.Failure = null;

        await Until(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return _pool.Usable;
        });
        waiting.ShouldAllBe(caller => caller.IsCanceled);
        foreach (var sandbox in taken)
            _pool.Retire(sandbox);
    }

    [Fact]
    public async Task Retire_StoppedPool_DestroysAtOnce()
    {
        _pool.Open();
        await Until(() => _pool.IdleCount == 3);
        var taken = await _pool.TakeAsync(SandboxProfile.Bare, Token);
        await _pool.DisposeAsync();

        _pool.Retire(taken);

        await Until(() => _engine.Alive.Count == 0);
    }

    [Fact]
    public async Task DisposeAsync_DestroysReadyAndStartingSandboxes()
    {
        _pool.Open();
        await Until(() => _pool.IdleCount == 3);
        var taken = await _pool.TakeAsync(SandboxProfile.Bare, Token);
        _pool.Retire(taken);

        await _pool.DisposeAsync();

        _engine.Alive.ShouldBeEmpty();
    }

    private SandboxPool Pool(PoolOptions options) =>
        new(_engine, Options.Create(options), new SandboxInstruments(TestMeters.Create()), _time, NullLogger<SandboxPool>.Instance);

    private Task UntilRested(Func<bool> condition) =>
        Until(() =>
        {
            _time.Advance(new PoolOptions().MaintenanceDelay);
            return condition();
        });

    private static async Task Until(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!condition())
            await poll.WaitForNextTickAsync(patience.Token);
    }
}
