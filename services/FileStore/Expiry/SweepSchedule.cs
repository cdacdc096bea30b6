using CodeInterpreter.FileStore.Files;
using CodeInterpreter.ServiceDefaults.Errors;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Expiry;

/// <summary>Sweeps once at start, then regularly; after a failure soon again.</summary>
internal sealed partial class SweepSchedule(
    ExpiredFileSweeper sweeper,
    SweepInstruments instruments,
    TimeProvider time,
    IOptions<ExpiryOptions> options,
    ILogger<SweepSchedule> logger
) : BackgroundService
{
    private static readonly TimeSpan LongestRetryInterval = TimeSpan.FromMinutes(1);

    private bool _isFailing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var interval = options.Value.SweepInterval;
        var retryInterval = interval < LongestRetryInterval ? interval : LongestRetryInterval;
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            timer.Period = await TrySweepAsync(stoppingToken) ? interval : retryInterval;
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> TrySweepAsync(CancellationToken stoppingToken)
    {
        try
        {
            await sweeper.SweepAsync(stoppingToken);
            _isFailing = false;
            return true;
        }
        // An unexpected failure must not stop a host that can still serve files.
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            if (!_isFailing)
                Log(exception);
            _isFailing = true;
            instruments.Failed();
            return false;
        }
    }

    // Once per outage, and without the stack, which does not help to repair a disk or a database.
    private void Log(Exception exception)
    {
        if (exception is FileStoreException)
            SweepPutOff(exception.Message, FailureReason.Of(exception.InnerException));
        else
            SweepFailed(exception);
    }

    [LoggerMessage(13, LogLevel.Error, "A sweep failed; retrying every minute until one succeeds")]
    private partial void SweepFailed(Exception exception);

    [LoggerMessage(6, LogLevel.Error, "A sweep failed; retrying every minute until one succeeds. {Reason} {Cause}")]
    private partial void SweepPutOff(string reason, string cause);
}
