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
    ILogger<ExecutionSweeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(1);

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
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> TrySweepAsync(CancellationToken stoppingToken)
    {
        try
        {
            await SweepAsync(stoppingToken);
            return true;
        }
        // Whatever it is: what nobody has foreseen must not stop a host that can go on serving executions.
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            SweepFailed(exception);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Forgot {Count} executions")]
    private partial void Swept(int count);

    [LoggerMessage(2, LogLevel.Warning, "Could not forget old executions; it is tried again soon")]
    private partial void SweepFailed(Exception exception);
}
