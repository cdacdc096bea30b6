using System.Diagnostics.Metrics;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Deferred;
using CodeInterpreter.Gateway.Telemetry;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>
/// Keeps the deferred executions of all users, while this replica reads their queue, and releases each in its turn. Publishes which users
/// have deferred executions.
/// </summary>
internal sealed partial class DeferredExecutionKeeper : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Well before it expires at the runners.
    private static readonly TimeSpan PublishInterval = TimeSpan.FromSeconds(2);

    // Changes within this time are published together.
    private static readonly TimeSpan ChangePause = TimeSpan.FromMilliseconds(20);

    private readonly IBus _bus;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<DeferredExecutionKeeper> _logger;
    private readonly Lock _lock = new();
    private readonly DeferredLines _lines = new();
    private readonly SemaphoreSlim _changed = new(0, 1);
    private HashSet<string> _published = [];
    private DateTimeOffset _publishedAt;

    public DeferredExecutionKeeper(IBus bus, IMeterFactory meters, TimeProvider timeProvider, ILogger<DeferredExecutionKeeper> logger)
    {
        (_bus, _timeProvider, _logger) = (bus, timeProvider, logger);
        meters
            .Create(GatewayTelemetry.Name)
            .CreateObservableGauge(
                "code_interpreter.gateway.executions.deferred",
                () => Locked(() => _lines.Count),
                "{execution}",
                "Executions that wait because their users have too many running ones, at the replica that keeps them."
            );
    }

    /// <summary>Keeps an execution until its turn.</summary>
    public async Task KeepAsync(DeferredExecution execution)
    {
        var again = Locked(() => _lines.Keep(execution, _timeProvider.GetUtcNow()));
        Changed();
        if (again is not null)
            await ReleaseAsync([again]);
    }

    /// <summary>Releases executions for the free slots that a runner reports.</summary>
    public Task OfferAsync(RoomForDeferred room) => ReleaseAsync(Locked(() => _lines.Take(room, _timeProvider.GetUtcNow())));

    /// <summary>Releases a cancelled execution.</summary>
    public Task CancelAsync(CancelExecution command) => ReleaseAsync(Locked(() => _lines.Take(command)));

    /// <summary>Forgets all executions: the bus has taken them back and delivers them to another replica.</summary>
    public void Forget() =>
        Locked(() =>
        {
            _lines.Clear();
            _published = [];
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
            await PublishUsersAsync(stoppingToken);
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

    /// <summary>Publishes the users with deferred executions when they change, and repeats it while there are any.</summary>
    private async Task PublishUsersAsync(CancellationToken cancellationToken)
    {
        var now = _timeProvider.GetUtcNow();
        var userIds = Locked(() =>
        {
            var isDue = _published.SetEquals(_lines.UserIds) ? _published.Count > 0 && now - _publishedAt >= PublishInterval : true;
            if (!isDue)
                return null;
            (_published, _publishedAt) = ([.. _lines.UserIds], now);
            return _published;
        });
        if (userIds is null)
            return;

        try
        {
            await _bus.PublishRepeatedAsync(new DeferredUsers { UserIds = [.. userIds] }, _timeProvider, cancellationToken);
        }
        catch (MassTransitException exception)
        {
            NotPublished(exception);
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

    [LoggerMessage(20, LogLevel.Warning, "The users with deferred executions could not be published to the runners")]
    private partial void NotPublished(Exception exception);
}
