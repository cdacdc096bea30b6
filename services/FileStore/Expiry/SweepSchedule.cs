using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Expiry;

/// <summary>Sweeps once at start, then regularly; after a failure soon again.</summary>
internal sealed partial class SweepSchedule(
    ExpiredFileSweeper sweeper,
    SweepInstruments instruments,
    TimeProvider time,
    IOptions<ExpiryOptions> options,
    ILogger<SweepSchedule> logger) : BackgroundService
{
    private static readonly TimeSpan LongestRetryInterval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var interval = options.Value.SweepInterval;
        var retryInterval = interval < LongestRetryInterval ? interval : LongestRetryInterval;
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            timer.Period = await TrySweepAsync(stoppingToken) ? interval : retryInterval;
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> TrySweepAsync(CancellationToken stoppingToken)
    {
        try
        {
            await sweeper.SweepAsync(stoppingToken);
            return true;
        }
        // Whatever it is: what nobody has foreseen must not stop a host that can go on serving files.
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            SweepFailed(exception);
            instruments.Failed();
            return false;
        }
    }

    [LoggerMessage(13, LogLevel.Error, "A sweep failed; it is tried again soon")]
    private partial void SweepFailed(Exception exception);
}
