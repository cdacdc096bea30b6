using System.Collections.Concurrent;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>
/// Answers executions that have waited for a runner as long as they may, whether their callers wait or not. The clock of the replica that
/// has accepted an execution judges; those of replicas that are gone are found in the database. Runners are told first, so that none
/// starts it afterwards; one that has just started it wins.
/// </summary>
internal sealed partial class QueueTimeouts(
    IExecutionStore store,
    IExecutionQueue queue,
    FinishedExecutions finishedExecutions,
    PendingExecutions pendingExecutions,
    IOptions<ExecutionOptions> options,
    TimeProvider timeProvider,
    ILogger<QueueTimeouts> logger
) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a runner that has just started an execution may take to tell: starts are told after 250 ms.</summary>
    public static readonly TimeSpan StartGrace = TimeSpan.FromSeconds(1);

    /// <summary>How much longer an execution waits whose replica is gone, and after a database that was away.</summary>
    public static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private const int PageSize = 500;
    private const int AtATime = 16;

    // In the order of acceptance, which is that of their ends.
    private readonly ConcurrentQueue<ExecutionRecord> _waiting = new();
    private readonly ConcurrentQueue<ExecutionRecord> _postponed = new();
    private readonly ConcurrentDictionary<string, Withdrawal> _withdrawn = new();
    private DateTimeOffset _sweepAt = timeProvider.GetUtcNow() + SweepInterval;

    /// <summary>Watches an execution that is about to be handed to the runners.</summary>
    public void Watch(ExecutionRecord execution) => _waiting.Enqueue(execution);

    /// <summary>Withdraws what has waited too long, and ends what was withdrawn and has not been started.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        await ForEachAsync([.. _withdrawn.Values.Where(withdrawal => withdrawal.EndsAt <= now)], EndAsync, cancellationToken);
        await ForEachAsync(TakeOverdue(now), WithdrawAsync, cancellationToken);
        if (_sweepAt > now)
            return;
        _sweepAt = now + SweepInterval;
        await SweepAsync(now, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, timeProvider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            // Readiness tells once that the database is away.
            catch (GatewayException exception) when (exception.Kind == GatewayErrorKind.Unavailable)
            {
                LookPutOff(exception);
            }
            // Whatever it is: what nobody has foreseen must not stop a host that can go on serving executions.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LookFailed(exception);
            }
        }
    }

    private List<ExecutionRecord> TakeOverdue(DateTimeOffset now)
    {
        List<ExecutionRecord> overdue = [];
        while (_postponed.TryDequeue(out var execution))
            overdue.Add(execution);
        while (_waiting.TryPeek(out var execution) && IsOverdue(execution, now) && _waiting.TryDequeue(out _))
        {
            if (pendingExecutions.IsWaiting(execution.ExecutionId))
                overdue.Add(execution);
        }

        return overdue;
    }

    private bool IsOverdue(ExecutionRecord execution, DateTimeOffset now) => execution.AcceptedAt + options.Value.QueueTimeout <= now;

    private async ValueTask WithdrawAsync(ExecutionRecord execution, CancellationToken cancellationToken)
    {
        try
        {
            if (!await IsQueuedAsync(execution, cancellationToken))
                return;
            await queue.CancelAsync(
                new CancelExecution
                {
                    ExecutionId = execution.ExecutionId,
                    UserId = execution.UserId,
                    UnlessStarted = true,
                },
                cancellationToken
            );
            _withdrawn[execution.ExecutionId] = new(execution, timeProvider.GetUtcNow() + StartGrace);
        }
        catch (GatewayException exception) when (exception.Kind == GatewayErrorKind.Unavailable)
        {
            _postponed.Enqueue(execution);
            Postpone(execution.ExecutionId, exception);
        }
    }

    private async ValueTask EndAsync(Withdrawal withdrawal, CancellationToken cancellationToken)
    {
        var execution = withdrawal.Execution;
        try
        {
            if (await IsQueuedAsync(execution, cancellationToken) && !pendingExecutions.IsStarted(execution.ExecutionId))
            {
                TimedOut(execution.ExecutionId);
                await finishedExecutions.TakeInAsync(UnstartedExecution.TimedOut(execution, timeProvider.GetUtcNow()), cancellationToken);
                pendingExecutions.Remove(execution.ExecutionId);
            }

            _withdrawn.TryRemove(execution.ExecutionId, out _);
        }
        catch (GatewayException exception) when (exception.Kind == GatewayErrorKind.Unavailable)
        {
            Postpone(execution.ExecutionId, exception);
        }
    }

    /// <summary>What a replica has accepted that is gone.</summary>
    private async Task SweepAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var after = new ExecutionPosition(now - options.Value.LongestExecution, "");
        var before = now - options.Value.QueueTimeout - SweepInterval;
        IReadOnlyList<ExecutionRecord> unfinished;
        do
        {
            unfinished = await store.ListUnfinishedAsync(after, before, PageSize, cancellationToken);
            var left = unfinished.Where(execution =>
                execution.Status == ExecutionStatus.Queued && !_withdrawn.ContainsKey(execution.ExecutionId)
            );
            await ForEachAsync([.. left], WithdrawAsync, cancellationToken);
            after = unfinished.Count == 0 ? after : new ExecutionPosition(unfinished[^1].AcceptedAt, unfinished[^1].ExecutionId);
        } while (unfinished.Count == PageSize);
    }

    private async Task<bool> IsQueuedAsync(ExecutionRecord execution, CancellationToken cancellationToken) =>
        await finishedExecutions.FindAsync(execution.UserId, execution.ExecutionId, cancellationToken)
            is { Status: ExecutionStatus.Queued };

    // Results wait on the bus while the database is away; they are stored soon after that.
    private void Postpone(string executionId, GatewayException exception)
    {
        _sweepAt = timeProvider.GetUtcNow() + SweepInterval;
        Postponed(executionId, exception);
    }

    private static Task ForEachAsync<T>(
        IReadOnlyCollection<T> all,
        Func<T, CancellationToken, ValueTask> action,
        CancellationToken cancellationToken
    ) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken }, action);

    [LoggerMessage(7, LogLevel.Information, "The execution {ExecutionId} waited for a runner as long as it may")]
    private partial void TimedOut(string executionId);

    // For each of them, and each time that it is tried: readiness tells once what is away.
    [LoggerMessage(8, LogLevel.Debug, "The execution {ExecutionId}, which waited long enough, could not be ended; it is tried again")]
    private partial void Postponed(string executionId, Exception exception);

    [LoggerMessage(9, LogLevel.Error, "Could not look for executions that wait too long; it is tried again")]
    private partial void LookFailed(Exception exception);

    [LoggerMessage(25, LogLevel.Debug, "Could not look for executions that wait too long, as the database is away; it is tried again")]
    private partial void LookPutOff(Exception exception);

    private sealed record Withdrawal(ExecutionRecord Execution, DateTimeOffset EndsAt);
}
