using CodeInterpreter.Gateway.Errors;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Limits.Sharing;

/// <summary>
/// Shares limits between the replicas: once a second each replica stores what its callers and users use, and reads the reports of the
/// others. Calls themselves never wait for that.
/// </summary>
internal sealed partial class UsageExchange(
    IUsageStore store,
    CallLimiter limiter,
    IActiveCounts active,
    OtherReplicas others,
    IOptions<LimitOptions> options,
    TimeProvider timeProvider,
    ILogger<UsageExchange> logger
) : BackgroundService
{
    /// <summary>How often usage is exchanged while there is any.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How often a replica without calls says that it is there.</summary>
    public static readonly TimeSpan IdleInterval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan DeleteInterval = TimeSpan.FromMinutes(10);

    // Far longer than clocks differ.
    private static readonly TimeSpan DeleteAfter = TimeSpan.FromHours(1);

    private readonly string _replicaId = $"{Environment.MachineName}-{Guid.NewGuid():N}";
    private long _sequence;
    private long? _exchangedAt;
    private long? _deletedAt;
    private bool _wasIdle;

    /// <summary>Exchanges usage, unless nothing has happened and the others know it.</summary>
    /// <exception cref="GatewayException">The database is unavailable.</exception>
    public async Task ExchangeAsync(CancellationToken cancellationToken)
    {
        var executions = active.Counts.Where(count => count.Value > 0).Take(UsageOwner.MaxCount).ToDictionary();
        var isIdle = !limiter.HasNewCalls && executions.Count == 0;
        if (isIdle && _wasIdle && _exchangedAt is { } last && timeProvider.GetElapsedTime(last) < IdleInterval)
            return;

        var now = timeProvider.GetUtcNow();
        var usage = new ReplicaUsage(_replicaId, ++_sequence, limiter.TakeCounts(), executions);
        foreach (var (owner, calls) in others.Update(await store.ExchangeAsync(usage, now, cancellationToken)))
            limiter.Spend(owner, calls, others.ReplicaCount - 1);
        (_exchangedAt, _wasIdle) = (timeProvider.GetTimestamp(), isIdle);
        if (_deletedAt is not { } deleted || timeProvider.GetElapsedTime(deleted) >= DeleteInterval)
        {
            await store.DeleteBeforeAsync(now - DeleteAfter, cancellationToken);
            _deletedAt = timeProvider.GetTimestamp();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.HasLimits)
            return;
        using var timer = new PeriodicTimer(Interval, timeProvider);
        try
        {
            do await TryExchangeAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await TryDeleteAsync();
        }
    }

    private async Task TryExchangeAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ExchangeAsync(stoppingToken);
        }
        catch (GatewayException exception)
        {
            others.Forget();
            NotExchanged(exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            others.Forget();
            ExchangeFailed(exception);
        }
    }

    private async Task TryDeleteAsync()
    {
        try
        {
            using var timeout = new CancellationTokenSource(Interval);
            await store.DeleteAsync(_replicaId, timeout.Token);
        }
        catch (Exception exception) when (exception is GatewayException or OperationCanceledException)
        {
            NotExchanged(exception);
        }
    }

    [LoggerMessage(
        95,
        LogLevel.Debug,
        "Limits are not shared with other replicas because the database is unavailable; this is tried again"
    )]
    private partial void NotExchanged(Exception exception);

    [LoggerMessage(97, LogLevel.Error, "Limits are not shared with other replicas; this is tried again every second")]
    private partial void ExchangeFailed(Exception exception);
}
