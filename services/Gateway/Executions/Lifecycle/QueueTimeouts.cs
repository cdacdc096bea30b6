using System.Collections.Concurrent;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Records;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions.Lifecycle;

/// <summary>
/// Ends executions that no runner started within the queue timeout. The clock of the replica that accepted an execution decides; the
/// executions of a lost replica are found in the database. Runners first get the command not to start the execution; if one has just
/// started
/// it, the execution goes on.
/// </summary>
internal sealed partial class QueueTimeouts(
    IExecutionStore store,
    IExecutionQueue queue,
    ExecutionReader reader,
    ExecutionFinisher finisher,
    ActiveExecutions activeExecutions,
    IOptions<ExecutionOptions> options,
    TimeProvider timeProvider,
    ILogger<QueueTimeouts> logger
) : BackgroundService
{
    /// <summary>Time between two checks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Time in which a runner that has just started an execution reports that; runners report a start after 250 ms.</summary>
    public static readonly TimeSpan StartGrace = TimeSpan.FromSeconds(1);

    /// <summary>Time between two searches of the database, and until the first one after an outage.</summary>
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

    /// <summary>Withdraws overdue executions from the runners, and ends those that they did not start since.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
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
                await CheckAsync(stoppingToken);
            }
            // Readiness reports that the database is unavailable.
            catch (GatewayException exception) when (exception.Kind == GatewayErrorKind.Unavailable)
            {
                CheckPutOff(exception);
            }
            // An unexpected failure must not stop a host that can still serve executions.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                CheckFailed(exception);
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
            if (activeExecutions.IsWaiting(execution.ExecutionId))
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
            if (await IsQueuedAsync(execution, cancellationToken) && !activeExecutions.IsStarted(execution.ExecutionId))
            {
                await finisher.TimeOutAsync(execution, cancellationToken);
            }

            _withdrawn.TryRemove(execution.ExecutionId, out _);
        }
        catch (GatewayException exception) when (exception.Kind == GatewayErrorKind.Unavailable)
        {
            Postpone(execution.ExecutionId, exception);
        }
    }

    /// <summary>Withdraws the overdue executions that other replicas accepted.</summary>
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
        await reader.FindAsync(execution.UserId, execution.ExecutionId, cancellationToken) is { Status: ExecutionStatus.Queued };

    // Starts and results wait on the bus while the database is unavailable; they are stored soon after that.
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

    // Logged for each execution and each attempt; readiness reports the outage once.
    [LoggerMessage(8, LogLevel.Debug, "The overdue execution {ExecutionId} could not be ended; this is tried again")]
    private partial void Postponed(string executionId, Exception exception);

    [LoggerMessage(9, LogLevel.Error, "Could not check for overdue executions; this is tried again")]
    private partial void CheckFailed(Exception exception);

    [LoggerMessage(25, LogLevel.Debug, "Could not check for overdue executions because the database is unavailable; this is tried again")]
    private partial void CheckPutOff(Exception exception);

    private sealed record Withdrawal(ExecutionRecord Execution, DateTimeOffset EndsAt);
}
