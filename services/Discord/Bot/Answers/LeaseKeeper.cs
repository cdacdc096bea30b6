using CodeInterpreter.Discord.Bot.Requests;

namespace CodeInterpreter.Discord.Bot.Answers;

/// <summary>
/// Renews the leases of answers that are being given, takes over those that a stopped process has left, and deletes what is too old.
/// </summary>
internal sealed partial class LeaseKeeper(
    IRequestStore store,
    ActiveAnswers active,
    AnswerWorker worker,
    TimeProvider time,
    ILogger<LeaseKeeper> logger
) : BackgroundService
{
    /// <summary>How long requests are kept, so that they can be run again: as long as their files.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromHours(48);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var swept = DateTimeOffset.MinValue;
        using var timer = new PeriodicTimer(Interval, time);
        var answers = new List<Task>();
        try
        {
            do
            {
                answers.RemoveAll(answer => answer.IsCompleted);
                answers.AddRange(await TryTakeOverAsync(stoppingToken));
                if (time.GetUtcNow() - swept >= SweepInterval && await TrySweepAsync(stoppingToken))
                    swept = time.GetUtcNow();
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(answers);
        }
    }

    private async Task<IEnumerable<Task>> TryTakeOverAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (active.Ids is { Count: > 0 } ids)
                await store.RenewAsync(ids, active.NewLease(), cancellationToken);
            var taken = await store.TakeOverAsync(active.NewLease(), time.GetUtcNow(), cancellationToken);
            if (taken.Count > 0)
                TakenOver(logger, taken.Count);
            return [.. taken.Select(request => AnswerAsync(request, cancellationToken))];
        }
        catch (StoreUnavailableException exception)
        {
            StoreFailed(logger, exception);
            return [];
        }
    }

    // Nobody awaits it: what is unexpected ends this answer and no other.
    private async Task AnswerAsync(StoredRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await worker.AnswerAsync(request, cancellationToken);
        }
        catch (Exception exception)
        {
            AnswerFailed(logger, exception);
        }
    }

    private async Task<bool> TrySweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = time.GetUtcNow();
            await store.SweepAsync(now - Retention, now, cancellationToken);
            return true;
        }
        catch (StoreUnavailableException exception)
        {
            StoreFailed(logger, exception);
            return false;
        }
    }

    [LoggerMessage(555, LogLevel.Information, "Took over {Count} answers that a stopped process had left")]
    private static partial void TakenOver(ILogger logger, int count);

    [LoggerMessage(556, LogLevel.Error, "The database of the requests failed")]
    private static partial void StoreFailed(ILogger logger, Exception exception);

    [LoggerMessage(557, LogLevel.Error, "An answer failed, and is tried again while Discord takes it")]
    private static partial void AnswerFailed(ILogger logger, Exception exception);
}
