using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Files;

namespace CodeInterpreter.Gateway.Executions.Lifecycle;

/// <summary>Deletes finished executions for their users.</summary>
internal sealed class ExecutionDeletion(
    ExecutionReader reader,
    ExecutionCancellation cancellation,
    IExecutionStore store,
    IExecutionLog log,
    LostExecutions lostExecutions,
    ExecutionFinisher finisher,
    TimeProvider timeProvider
)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private const int PageSize = 500;
    private const int CallsAtATime = 16;

    /// <summary>Deletes a finished execution with its result and its events. Its files stay.</summary>
    /// <exception cref="GatewayException">There is no such execution, or it has not finished.</exception>
    public async Task DeleteAsync(string userId, string executionId, CancellationToken cancellationToken)
    {
        var execution = await reader.GetAsync(userId, executionId, cancellationToken);
        if (await store.FindAsync(userId, executionId, cancellationToken) is { } stored && lostExecutions.IsLost(stored))
            await finisher.GiveUpAsync(stored, cancellationToken);
        // In this order: what is left after a failure can be deleted again.
        await log.DeleteAsync(userId, executionId, cancellationToken);
        if (await store.RemoveFinishedAsync(userId, executionId, cancellationToken))
            return;

        throw StillRunning($"The execution has not finished, it is {execution.Status}; cancel it first.", executionId);
    }

    /// <summary>
    /// Ends the lost executions of a user, cancels all others, and waits until they have finished, at most until that time.
    /// </summary>
    public async Task CancelAllAsync(string userId, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var unfinished = (await ListAsync(userId, cancellationToken)).Where(IsUnfinished).ToList();
        await Parallel.ForEachAsync(
            unfinished,
            new ParallelOptions { MaxDegreeOfParallelism = CallsAtATime, CancellationToken = cancellationToken },
            async (execution, token) => await EndAsync(execution, token)
        );
        foreach (var execution in unfinished)
        {
            while (!await IsFinishedAsync(execution, cancellationToken) && timeProvider.GetUtcNow() < end)
                await Task.Delay(Pause, timeProvider, cancellationToken);
        }
    }

    /// <summary>
    /// Deletes all executions of a user that have finished, with their results and events. Returns their number, and the id of an execution
    /// that has not finished; null if there is none.
    /// </summary>
    public async Task<(long Deleted, string? Unfinished)> DeleteAllAsync(string userId, CancellationToken cancellationToken)
    {
        var before = await ListAsync(userId, cancellationToken);
        var deleted = await store.RemoveFinishedAsync(userId, cancellationToken);
        var unfinished = (await ListAsync(userId, cancellationToken)).FirstOrDefault(IsUnfinished)?.ExecutionId;
        if (unfinished is null)
            await log.DeleteAsync(userId, cancellationToken);
        else
            // Not those of the others: their events would be incomplete.
            await Parallel.ForEachAsync(
                before.Where(execution => !IsUnfinished(execution)),
                new ParallelOptions { MaxDegreeOfParallelism = CallsAtATime, CancellationToken = cancellationToken },
                async (execution, token) => await log.DeleteAsync(userId, execution.ExecutionId, token)
            );
        return (deleted, unfinished);
    }

    private async Task EndAsync(ExecutionRecord execution, CancellationToken cancellationToken)
    {
        // No runner answers for a lost one.
        if (lostExecutions.IsLost(execution))
        {
            await finisher.GiveUpAsync(execution, cancellationToken);
            return;
        }

        try
        {
            await cancellation.CancelAsync(execution.UserId, execution.ExecutionId, cancellationToken);
        }
        catch (GatewayException exception) when (exception.Kind == GatewayErrorKind.NotFound)
        {
            // Another call has just deleted it.
        }
    }

    private async Task<IReadOnlyList<ExecutionRecord>> ListAsync(string userId, CancellationToken cancellationToken)
    {
        UserIds.Check(userId);
        var found = new List<ExecutionRecord>();
        for (ExecutionPosition? after = null; ; )
        {
            var page = await store.ListAsync(userId, after, PageSize, cancellationToken);
            found.AddRange(page);
            if (page.Count < PageSize)
                return found;
            after = new ExecutionPosition(page[^1].AcceptedAt, page[^1].ExecutionId);
        }
    }

    private static bool IsUnfinished(ExecutionRecord execution) => execution.Status != ExecutionStatus.Finished;

    private async Task<bool> IsFinishedAsync(ExecutionRecord execution, CancellationToken cancellationToken) =>
        await store.FindAsync(execution.UserId, execution.ExecutionId, cancellationToken) is null or { Status: ExecutionStatus.Finished };

    private static GatewayException StillRunning(string message, string executionId) =>
        new(GatewayErrorKind.StillRunning, message) { ExecutionId = executionId };
}
