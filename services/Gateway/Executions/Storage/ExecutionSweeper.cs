using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Following;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions.Storage;

/// <summary>
/// Forgets executions that nobody may ask for any more, and ends those that were lost: at start, then hourly; after a failure soon
/// again.
/// </summary>
internal sealed partial class ExecutionSweeper(
    IExecutionStore store,
    IExecutionLog log,
    LostExecutions lostExecutions,
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
        // What was accepted so long ago ended at least the retention ago, and its files are gone.
        var moment = timeProvider.GetUtcNow() - options.Value.Retention - options.Value.LongestExecution;
        await log.DeleteBeforeAsync(moment, cancellationToken);
        Swept(await store.DeleteAcceptedBeforeAsync(moment, cancellationToken));
        await lostExecutions.EndAllAsync(cancellationToken);
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
        // Whatever it is: what nobody has foreseen must not stop a host that can go on serving executions.
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            if (!_isFailing)
                Log(exception);
            _isFailing = true;
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Forgot {Count} executions")]
    private partial void Swept(int count);

    // Once for as long as it lasts. That the database is away readiness tells.
    private void Log(Exception exception)
    {
        if (exception is GatewayException { Kind: GatewayErrorKind.Unavailable })
            SweepPutOff(exception);
        else
            SweepFailed(exception);
    }

    [LoggerMessage(2, LogLevel.Warning, "Could not forget old executions; it is tried again every minute until it succeeds")]
    private partial void SweepFailed(Exception exception);

    [LoggerMessage(
        3,
        LogLevel.Debug,
        "Could not forget old executions, as the database is away; it is tried again every minute until it succeeds"
    )]
    private partial void SweepPutOff(Exception exception);
}
