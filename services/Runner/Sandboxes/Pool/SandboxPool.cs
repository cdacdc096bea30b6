using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Sandboxes.Pool;

/// <summary>
/// Keeps sandboxes ready and hands out each of them once. Waiting callers come first: while there are any, the pool starts only sandboxes
/// for them, which import nothing ahead, so that a saturated runner spends no CPU time on imports that the waiting code does not need.
/// </summary>
internal sealed partial class SandboxPool(
    ISandboxEngine engine,
    IOptions<PoolOptions> options,
    SandboxInstruments instruments,
    TimeProvider time,
    ILogger<SandboxPool> logger
) : IAsyncDisposable
{
    private static readonly SandboxProfile[] Profiles = Enum.GetValues<SandboxProfile>();

    private readonly PoolOptions _options = options.Value;
    private readonly Lock _lock = new();
    private readonly List<WarmSandbox> _idle = [];
    private readonly List<Waiter> _waiters = [];
    private readonly Dictionary<SandboxProfile, int> _starting = Profiles.ToDictionary(profile => profile, _ => 0);
    private readonly HashSet<Task> _background = [];

    // Never disposed: sandboxes may be given back when everything else has stopped.
    private readonly CancellationTokenSource _stopping = new();
    private bool _paused;
    private bool _usable;

    /// <summary>Starts the first sandboxes, in the background.</summary>
    public void Open()
    {
        instruments.Observe(IdleCountOf, StartingCountOf, WaitingCount);
        Refill();
    }

    /// <summary>Whether the last start succeeded: the engine is there and the image works.</summary>
    public bool Usable
    {
        get
        {
            lock (_lock)
                return _usable;
        }
    }

    /// <summary>
    /// Takes a sandbox, one that is ready where there is one. Data code takes a bare sandbox rather than wait; bare code
    /// leaves the data ones alone, because they are expensive. While the engine starts none, the caller waits until it cancels.
    /// </summary>
    public async Task<WarmSandbox> TakeAsync(SandboxProfile profile, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(profile);
        bool more;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
            if (TakeIdle(profile) is { } ready)
                waiter.TrySetResult(ready);
            else
                _waiters.Add(waiter);
            more = _idle.Exists(sandbox => Serves(sandbox.Profile, profile));
        }

        instruments.Taken(profile, ready: waiter.Task.IsCompleted);
        if (more)
            InBackground(RefillLaterAsync);
        else
            Refill();
        await using var cancellation = cancellationToken.Register(() => GiveUp(waiter, cancellationToken));
        return await waiter.Task;
    }

    /// <summary>Destroys a sandbox that was taken, in the background: the caller has nothing to wait for.</summary>
    public void Retire(WarmSandbox sandbox) =>
        InBackground(async () =>
        {
            await DelayMaintenanceAsync();
            await DestroyAsync(sandbox);
        });

    /// <summary>Destroys what is ready and waits for all that is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] underWay;
        lock (_lock)
        {
            if (_stopping.IsCancellationRequested)
                return;
            _stopping.Cancel();
        }

        foreach (var sandbox in Clear())
            Retire(sandbox);
        do
        {
            lock (_lock)
                underWay = [.. _background];
            await Task.WhenAll(underWay);
        } while (underWay.Length > 0);
    }

    private WarmSandbox? TakeIdle(SandboxProfile profile)
    {
        // A lean one is left over from a caller that gave up, and is used first, except for data code.
        var index = _idle.FindIndex(sandbox => sandbox.Profile == (profile == SandboxProfile.Data ? profile : SandboxProfile.Lean));
        if (index < 0)
            index = _idle.FindIndex(sandbox => sandbox.Profile == profile);
        if (index < 0)
            index = _idle.FindIndex(sandbox => Serves(sandbox.Profile, profile));
        if (index < 0)
            return null;

        var sandbox = _idle[index];
        _idle.RemoveAt(index);
        if (!sandbox.Died.IsCompleted)
            return sandbox;

        Retire(sandbox);
        return TakeIdle(profile);
    }

    private static bool Serves(SandboxProfile offered, SandboxProfile wanted) =>
        offered == wanted || offered == SandboxProfile.Lean || (offered == SandboxProfile.Bare && wanted == SandboxProfile.Data);

    private async Task RefillLaterAsync()
    {
        await DelayMaintenanceAsync();
        Refill();
    }

    private async Task DelayMaintenanceAsync() =>
        await Task.Delay(_options.MaintenanceDelay, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void Refill()
    {
        while (true)
        {
            SandboxProfile profile;
            lock (_lock)
            {
                if (_paused || _stopping.IsCancellationRequested)
                    return;
                if (NextToStart() is not { } next)
                    return;
                profile = next;
                _starting[profile]++;
            }

            InBackground(() => StartAsync(profile));
        }
    }

    private async Task StartAsync(SandboxProfile profile)
    {
        try
        {
            using var timeout = new CancellationTokenSource(_options.StartTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stopping.Token);
            var began = time.GetTimestamp();
            var sandbox = await WarmSandbox.StartAsync(engine, profile, either.Token);
            instruments.Started(profile, time.GetElapsedTime(began));
            Offer(sandbox);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            lock (_lock)
                _starting[profile]--;
        }
        catch (Exception exception)
        {
            StartFailed(profile, exception);
            instruments.StartFailed(profile);
            await PauseAsync(profile);
        }

        Refill();
    }

    private void Offer(WarmSandbox sandbox)
    {
        lock (_lock)
        {
            _starting[sandbox.Profile]--;
            _usable = true;
            if (!_stopping.IsCancellationRequested && HandOver(sandbox))
                return;
            if (!_stopping.IsCancellationRequested && !IsSurplus(sandbox))
            {
                _idle.Add(sandbox);
                _ = sandbox.Died.ContinueWith(_ => Evict(sandbox), TaskScheduler.Default);
                return;
            }
        }

        Retire(sandbox);
    }

    // Many callers may give up while their sandboxes are being started.
    private bool IsSurplus(WarmSandbox sandbox) =>
        sandbox.Profile == SandboxProfile.Lean && _idle.Count(idle => idle.Profile == SandboxProfile.Lean) >= _options.Bare;

    private bool HandOver(WarmSandbox sandbox)
    {
        while (_waiters.Find(waiter => Serves(sandbox.Profile, waiter.Profile)) is { } waiter)
        {
            _waiters.Remove(waiter);
            if (waiter.TrySetResult(sandbox))
                return true;
        }

        return false;
    }

    private void Evict(WarmSandbox sandbox)
    {
        lock (_lock)
        {
            if (!_idle.Remove(sandbox))
                return;
        }

        DiedIdle(sandbox.Name);
        instruments.Died(sandbox.Profile);
        Retire(sandbox);
        Refill();
    }

    private async Task PauseAsync(SandboxProfile profile)
    {
        lock (_lock)
        {
            _starting[profile]--;
            _paused = true;
            _usable = false;
        }

        await Task.Delay(_options.RetryDelay, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
            _paused = false;
    }

    private void GiveUp(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
            _waiters.Remove(waiter);
        waiter.TrySetCanceled(cancellationToken);
    }

    private List<WarmSandbox> Clear()
    {
        lock (_lock)
        {
            List<WarmSandbox> idle = [.. _idle];
            _idle.Clear();
            _waiters.ForEach(waiter => waiter.TrySetException(new ObjectDisposedException(nameof(SandboxPool))));
            _waiters.Clear();
            return idle;
        }
    }

    private async Task DestroyAsync(WarmSandbox sandbox)
    {
        try
        {
            await sandbox.DisposeAsync();
        }
        catch (Exception exception)
        {
            // The sweeper tries again.
            DestroyFailed(sandbox.Name, exception);
        }
    }

    private void InBackground(Func<Task> work)
    {
        // Outside of the execution that happens to set it off: its log lines and spans are not that execution's.
        using var outside = ExecutionContext.SuppressFlow();
        var task = Task.Run(work);
        lock (_lock)
            _background.Add(task);
        _ = task.ContinueWith(
            done =>
            {
                lock (_lock)
                    _background.Remove(done);
            },
            TaskScheduler.Default
        );
    }

    private sealed class Waiter(SandboxProfile profile)
        : TaskCompletionSource<WarmSandbox>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public SandboxProfile Profile { get; } = profile;
    }
}
