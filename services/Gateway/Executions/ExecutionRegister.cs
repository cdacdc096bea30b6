using System.Text;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Following;
using CodeInterpreter.Gateway.Files;
using CodeInterpreter.ServiceDefaults.Errors;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>Users' executions by their ids: asked for, waited for, listed, cancelled.</summary>
internal sealed class ExecutionRegister(
    IExecutionStore store,
    IExecutionLog log,
    IExecutionQueue queue,
    FinishedExecutions finishedExecutions,
    LostExecutions lostExecutions,
    WaitingExecutions waitingExecutions,
    PendingExecutions pendingExecutions,
    IOptions<ExecutionOptions> options,
    TimeProvider timeProvider
)
{
    /// <summary>Longest a caller may wait at a time.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(300);

    private const int DefaultPageSize = 100;
    private const int MaxPageSize = 1000;

    // Results come to the replica that has accepted the execution; another one looks for them.
    private static readonly TimeSpan StartGrace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);

    // Callers hear of a start before it is stored, much before when the database is busy.
    private static readonly TimeSpan InputGrace = TimeSpan.FromSeconds(5);

    /// <summary>Returns what is known of an execution of that user.</summary>
    public async Task<ExecutionRecord> GetAsync(string userId, string executionId, CancellationToken cancellationToken)
    {
        CheckUser(userId);
        return await lostExecutions.FindAsync(userId, executionId, cancellationToken)
            ?? throw new GatewayException(GatewayErrorKind.NotFound, "There is no such execution, or no longer.");
    }

    /// <summary>Waits until an execution has finished, or for that long.</summary>
    public async Task<ExecutionRecord> WaitAsync(
        string userId,
        string executionId,
        double timeoutSeconds,
        CancellationToken cancellationToken
    )
    {
        // Written so that NaN is refused, too.
        if (!(timeoutSeconds > 0 && timeoutSeconds <= MaxWait.TotalSeconds))
        {
            throw GatewayException.Invalid("timeout_seconds", $"must be more than 0 and at most {MaxWait.TotalSeconds}.");
        }

        using var waiting = waitingExecutions.Add(executionId);
        var end = timeProvider.GetUtcNow() + TimeSpan.FromSeconds(timeoutSeconds);
        while (true)
        {
            var execution = await GetAsync(userId, executionId, cancellationToken);
            var left = end - timeProvider.GetUtcNow();
            if (execution.Status == ExecutionStatus.Finished || left <= TimeSpan.Zero)
            {
                return execution;
            }

            using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var interval = waitingExecutions.LookInterval(LookInterval);
            await Task.WhenAny(waiting.Finished, Task.Delay(left < interval ? left : interval, timeProvider, pause.Token));
            await pause.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            if (waiting.Finished.IsCompletedSuccessfully)
            {
                // One that comes so late may have been given up elsewhere: then what is stored counts.
                return execution.LostAt <= timeProvider.GetUtcNow()
                    ? await GetAsync(userId, executionId, cancellationToken)
                    : execution.Finish(await waiting.Finished);
            }
        }
    }

    /// <summary>One page of the user's executions, without results, and where the next begins.</summary>
    public async Task<(IReadOnlyList<ExecutionRecord> Executions, string NextPageToken)> ListAsync(
        string userId,
        int pageSize,
        string pageToken,
        CancellationToken cancellationToken
    )
    {
        CheckUser(userId);
        var after = CheckPage(pageSize, pageToken);
        var count = pageSize == 0 ? DefaultPageSize : pageSize;
        var found = await store.ListAsync(userId, after, count + 1, cancellationToken);
        return found.Count <= count ? (found, "") : ([.. found.Take(count)], ExecutionPageToken.Encode(found[count - 1]));
    }

    /// <summary>Stops an execution, wherever it is. One that has finished stays as it is.</summary>
    public async Task CancelAsync(string userId, string executionId, CancellationToken cancellationToken)
    {
        var execution = await GetAsync(userId, executionId, cancellationToken);
        if (execution.Status == ExecutionStatus.Finished)
        {
            return;
        }

        await queue.CancelAsync(new CancelExecution { ExecutionId = executionId, UserId = userId }, cancellationToken);
        if (execution.Status == ExecutionStatus.Queued && await StaysQueuedAsync(userId, executionId, cancellationToken))
        {
            await finishedExecutions.TakeInAsync(UnstartedExecution.Cancelled(execution, timeProvider.GetUtcNow()), cancellationToken);
            // A runner answers it only once it has come to it.
            pendingExecutions.Remove(executionId);
        }
    }

    /// <summary>One that has just been started is answered by its runner, with what it printed and wrote.</summary>
    private async Task<bool> StaysQueuedAsync(string userId, string executionId, CancellationToken cancellationToken)
    {
        var end = timeProvider.GetUtcNow() + StartGrace;
        while ((await GetAsync(userId, executionId, cancellationToken)).Status == ExecutionStatus.Queued)
        {
            if (timeProvider.GetUtcNow() >= end)
            {
                return true;
            }

            await Task.Delay(StartGrace / 10, timeProvider, cancellationToken);
        }

        return false;
    }

    /// <summary>Forgets an execution that has finished, with its result and what was logged of it. Its files stay.</summary>
    public async Task DeleteAsync(string userId, string executionId, CancellationToken cancellationToken)
    {
        var execution = await GetAsync(userId, executionId, cancellationToken);
        // In this order: what is left after a failure can be deleted again.
        await log.DeleteAsync(userId, executionId, cancellationToken);
        if (await store.RemoveFinishedAsync(userId, executionId, cancellationToken))
            return;

        throw new GatewayException(
            GatewayErrorKind.StillRunning,
            $"The execution has not finished, it is {execution.Status}; cancel it first."
        )
        {
            ExecutionId = executionId,
        };
    }

    /// <summary>What the user's executions take, and the most they may; 0 for no limit.</summary>
    public async Task<(ExecutionUsage Usage, long MaxBytes)> MeasureAsync(string userId, CancellationToken cancellationToken)
    {
        CheckUser(userId);
        return (await store.MeasureAsync(userId, cancellationToken), options.Value.MaxUserResultBytes);
    }

    /// <summary>Gives a running interactive execution something to read.</summary>
    public async Task FeedAsync(string userId, string executionId, string text, bool end, CancellationToken cancellationToken)
    {
        await FeedAsync(await FindInputAsync(userId, executionId, cancellationToken), userId, executionId, text, end, cancellationToken);
    }

    /// <summary>The same, for a caller who knows which runner has the execution.</summary>
    public async Task FeedAsync(Uri address, string userId, string executionId, string text, bool end, CancellationToken cancellationToken)
    {
        if (Encoding.UTF8.GetByteCount(text) > RequestLimits.InputBytes)
        {
            throw GatewayException.Invalid("input", "must be at most 64 KiB of UTF-8.");
        }

        var input = new ExecutionInput
        {
            ExecutionId = executionId,
            UserId = userId,
            Text = text,
            End = end,
        };
        await queue.FeedAsync(address, input, cancellationToken);
    }

    /// <summary>Where a running execution takes input. A caller may have heard of its start before that was stored.</summary>
    private async Task<Uri> FindInputAsync(string userId, string executionId, CancellationToken cancellationToken)
    {
        var end = timeProvider.GetUtcNow() + InputGrace;
        while (true)
        {
            var execution = await GetAsync(userId, executionId, cancellationToken);
            if (execution.Status == ExecutionStatus.Running)
            {
                return execution.InputAddress
                    ?? throw NotReading(executionId, "The execution is not interactive: it takes no input while it runs.");
            }

            if (execution.Status == ExecutionStatus.Finished || timeProvider.GetUtcNow() >= end)
            {
                throw NotReading(executionId, $"The execution does not run, it is {execution.Status}.");
            }

            await Task.Delay(StartGrace / 10, timeProvider, cancellationToken);
        }
    }

    private static GatewayException NotReading(string executionId, string message) =>
        new(GatewayErrorKind.NotRunning, message) { ExecutionId = executionId };

    private static void CheckUser(string userId)
    {
        var violations = UserIds.Validate(userId).ToArray();
        if (violations.Length > 0)
        {
            throw GatewayException.Invalid(violations);
        }
    }

    private static ExecutionPosition? CheckPage(int pageSize, string pageToken)
    {
        var violations = new List<FieldViolation>();
        if (pageSize is < 0 or > MaxPageSize)
        {
            violations.Add(new("page_size", $"must be 1 to {MaxPageSize}, or 0 for {DefaultPageSize}."));
        }

        var after = pageToken.Length == 0 ? null : ExecutionPageToken.Decode(pageToken);
        if (pageToken.Length > 0 && after is null)
        {
            violations.Add(new("page_token", "must be empty or the next_page_token of the page before."));
        }

        return violations.Count == 0 ? after : throw GatewayException.Invalid(violations);
    }
}
