using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Sandboxes.Pool;

namespace CodeInterpreter.Runner.Tests.Sandboxes.Pool;

public sealed partial class SandboxPoolTests
{
    [Fact]
    public async Task TakeAsync_SeveralWait_StartsOneForEach()
    {
        await using var pool = Pool(
            new PoolOptions
            {
                Bare = 1,
                Data = 2,
                ConcurrentStarts = 2,
            }
        );
        _engine.Gate = new TaskCompletionSource();

        var waiting = Enumerable.Range(0, 4).Select(_ => pool.TakeAsync(SandboxProfile.Bare, Token)).ToList();
        _engine.Gate.SetResult();
        await Task.WhenAll(waiting);

        _engine.Starts.Take(4).ShouldAllBe(profile => profile == SandboxProfile.Lean);
    }

    [Fact]
    public async Task TakeAsync_Cancelled_LosesNoSandbox()
    {
        _engine.Gate = new TaskCompletionSource();
        using var impatience = new CancellationTokenSource();
        var given = _pool.TakeAsync(SandboxProfile.Bare, impatience.Token);
        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => given);

        _engine.Gate.SetResult();

        // The start that was meant for the caller joins the stock.
        await Until(() => _pool.IdleCount == 4);
        _engine.Alive.Count.ShouldBe(4);
    }

    [Fact]
    public async Task TakeAsync_ManyCancelled_LeavesNoMoreThanAFullPool()
    {
        await using var pool = Pool(
            new PoolOptions
            {
                Bare = 2,
                Data = 0,
                ConcurrentStarts = 8,
            }
        );
        _engine.Gate = new TaskCompletionSource();
        using var impatience = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 8).Select(_ => pool.TakeAsync(SandboxProfile.Bare, impatience.Token)).ToList();
        await Until(() => _engine.Starts.Count == 8);
        await impatience.CancelAsync();
        foreach (var given in waiting)
            await Should.ThrowAsync<OperationCanceledException>(() => given);

        _engine.Gate.SetResult();

        // Two that were meant for callers, and the stock.
        await UntilRested(() => pool.IdleCount == 4 && _engine.Alive.Count == 4);
    }

    [Fact]
    public async Task TakeAsync_OnlyADataSandboxIsStarting_StartsABareOne()
    {
        await using var pool = Pool(
            new PoolOptions
            {
                Bare = 1,
                Data = 1,
                ConcurrentStarts = 1,
            }
        );
        pool.Open();
        await Until(() => pool.IdleCount == 2);
        var gate = _engine.Gate = new TaskCompletionSource();
        var data = await pool.TakeAsync(SandboxProfile.Data, Token);
        await UntilRested(() => _engine.Starts.Count == 3);
        _engine.Gate = null;
        var bare = await pool.TakeAsync(SandboxProfile.Bare, Token);

        var taken = await pool.TakeAsync(SandboxProfile.Bare, Token).WaitAsync(TimeSpan.FromMinutes(1), Token);

        _engine.Starts.Skip(2).Take(2).ShouldBe([SandboxProfile.Data, SandboxProfile.Lean]);
        gate.SetResult();
        foreach (var sandbox in new[] { data, bare, taken })
            pool.Retire(sandbox);
    }
}
