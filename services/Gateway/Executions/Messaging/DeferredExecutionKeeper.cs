using System.Diagnostics.Metrics;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Deferred;
using CodeInterpreter.Gateway.Telemetry;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>
/// Keeps the deferred executions of all users, as long as this replica is the one that reads their queue, and releases each when its
/// turn has come. Tells the runners whose there are.
/// </summary>
internal sealed partial class DeferredExecutionKeeper : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Well before runners forget it.
    private static readonly TimeSpan TellInterval = TimeSpan.FromSeconds(2);

    // Changes that come together are told together.
    private static readonly TimeSpan ChangePause = TimeSpan.FromMilliseconds(20);

    private readonly IBus _bus;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<DeferredExecutionKeeper> _logger;
    private readonly Lock _lock = new();
    private readonly DeferredLines _lines = new();
    private readonly SemaphoreSlim _changed = new(0, 1);
    private HashSet<string> _told = [];
    private DateTimeOffset _toldAt;

    public DeferredExecutionKeeper(IBus bus, IMeterFactory meters, TimeProvider timeProvider, ILogger<DeferredExecutionKeeper> logger)
    {
        (_bus, _timeProvider, _logger) = (bus, timeProvider, logger);
        meters
            .Create(GatewayTelemetry.Name)
            .CreateObservableGauge(
                "code_interpreter.gateway.executions.deferred",
                () => Locked(() => _lines.Count),
                "{execution}",
                "Executions that wait until their users have fewer under way, at the replica that keeps them."
            );
    }

    /// <summary>Keeps an execution until its turn comes.</summary>
    public async Task KeepAsync(DeferredExecution execution)
    {
        var again = Locked(() => _lines.Keep(execution, _timeProvider.GetUtcNow()));
        Changed();
        if (again is not null)
            await ReleaseAsync([again]);
    }

    /// <summary>A runner tells what it has taken and for whom it has room.</summary>
    public Task OfferAsync(RoomForDeferred room) => ReleaseAsync(Locked(() => _lines.Take(room, _timeProvider.GetUtcNow())));

    /// <summary>What has been cancelled need not wait.</summary>
    public Task CancelAsync(CancelExecution command) => ReleaseAsync(Locked(() => _lines.Take(command)));

    /// <summary>The bus has taken back what was kept here, and gives it to whoever keeps it now.</summary>
    public void Forget() =>
        Locked(() =>
        {
            _lines.Clear();
            _told = [];
            return true;
        });

    public override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await WaitAsync(stoppingToken);
            await ReleaseAsync(Locked(() => _lines.TakeOverdue(_timeProvider.GetUtcNow())));
            await TellAsync(stoppingToken);
            await Task.Delay(ChangePause, _timeProvider, stoppingToken);
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_changed.WaitAsync(either.Token), Task.Delay(Interval, _timeProvider, either.Token));
        await either.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Tells the runners who is in line when that has changed, and repeats it while somebody is.</summary>
    private async Task TellAsync(CancellationToken cancellationToken)
    {
        var now = _timeProvider.GetUtcNow();
        var userIds = Locked(() =>
        {
            var isDue = _told.SetEquals(_lines.UserIds) ? _told.Count > 0 && now - _toldAt >= TellInterval : true;
            if (!isDue)
                return null;
            (_told, _toldAt) = ([.. _lines.UserIds], now);
            return _told;
        });
        if (userIds is null)
            return;

        try
        {
            await _bus.Publish(new DeferredUsers { UserIds = [.. userIds] }, cancellationToken);
        }
        catch (MassTransitException exception)
        {
            NotTold(exception);
        }
    }

    private async Task ReleaseAsync(IReadOnlyList<DeferredExecution> executions)
    {
        if (executions.Count == 0)
            return;
        foreach (var execution in executions)
            await execution.ReleaseAsync();
        Changed();
    }

    private void Changed()
    {
        lock (_lock)
        {
            if (_changed.CurrentCount == 0)
                _changed.Release();
        }
    }

    private T Locked<T>(Func<T> use)
    {
        lock (_lock)
            return use();
    }

    [LoggerMessage(20, LogLevel.Warning, "The runners could not be told whose executions are deferred")]
    private partial void NotTold(Exception exception);
}
