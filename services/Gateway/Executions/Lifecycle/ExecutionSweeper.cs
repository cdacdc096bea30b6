using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Records;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions.Lifecycle;

/// <summary>
/// Deletes executions after their retention, and ends those that are lost: at the start and then every hour; a minute after a failure.
/// </summary>
internal sealed partial class ExecutionSweeper(
    IExecutionStore store,
    IExecutionLog log,
    LostExecutionSweep lostExecutions,
    IOptions<ExecutionOptions> options,
    TimeProvider timeProvider,
    ILogger<ExecutionSweeper> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(1);

    private bool _isFailing;

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        // An execution that was accepted before has ended at least the retention ago, and its files have expired.
        var moment = timeProvider.GetUtcNow() - options.Value.Retention - options.Value.LongestExecution;
        await log.DeleteBeforeAsync(moment, cancellationToken);
        Swept(await store.DeleteAcceptedBeforeAsync(moment, cancellationToken));
        await lostExecutions.RunAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, timeProvider);
        do
        {
            timer.Period = await TrySweepAsync(stoppingToken) ? Interval : RetryInterval;
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> TrySweepAsync(CancellationToken stoppingToken)
    {
        try
        {
            await SweepAsync(stoppingToken);
            _isFailing = false;
            return true;
        }
        // An unexpected failure must not stop a host that can still serve executions.
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            if (!_isFailing)
                Log(exception);
            _isFailing = true;
            return false;
        }
    }

    [LoggerMessage(30, LogLevel.Debug, "Deleted {Count} executions after their retention")]
    private partial void Swept(int count);

    // Once for each outage; readiness reports that the database is unavailable.
    private void Log(Exception exception)
    {
        if (exception is GatewayException { Kind: GatewayErrorKind.Unavailable })
            SweepPutOff(exception);
        else
            SweepFailed(exception);
    }

    [LoggerMessage(31, LogLevel.Warning, "Could not delete old executions; the next attempt is in a minute")]
    private partial void SweepFailed(Exception exception);

    [LoggerMessage(
        32,
        LogLevel.Debug,
        "Could not delete old executions because the database is unavailable; the next attempt is in a minute"
    )]
    private partial void SweepPutOff(Exception exception);
}
