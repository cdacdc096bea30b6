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
    TimeProvider timeProvider
)
{
    // A cancelled sandbox ends within a second, and its files are stored soon after.
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private const int PageSize = 500;
    private const int CancellationsAtATime = 16;

    /// <summary>Deletes a finished execution with its result and its events. Its files stay.</summary>
    /// <exception cref="GatewayException">There is no such execution, or it has not finished.</exception>
    public async Task DeleteAsync(string userId, string executionId, CancellationToken cancellationToken)
    {
        var execution = await reader.GetAsync(userId, executionId, cancellationToken);
        // In this order: what is left after a failure can be deleted again.
        await log.DeleteAsync(userId, executionId, cancellationToken);
        if (await store.RemoveFinishedAsync(userId, executionId, cancellationToken))
            return;

        throw StillRunning($"The execution has not finished, it is {execution.Status}; cancel it first.", executionId);
    }

    /// <summary>Cancels all executions of a user, and waits until they have finished, at most 30 seconds.</summary>
    public async Task CancelAllAsync(string userId, CancellationToken cancellationToken)
    {
        var unfinished = await ListUnfinishedAsync(userId, cancellationToken);
        await Parallel.ForEachAsync(
            unfinished,
            new ParallelOptions { MaxDegreeOfParallelism = CancellationsAtATime, CancellationToken = cancellationToken },
            async (executionId, token) => await CancelAsync(userId, executionId, token)
        );
        var end = timeProvider.GetUtcNow() + MaxWait;
        foreach (var executionId in unfinished)
        {
            while (!await IsFinishedAsync(userId, executionId, cancellationToken) && timeProvider.GetUtcNow() < end)
                await Task.Delay(Pause, timeProvider, cancellationToken);
        }
    }

    /// <summary>Deletes all executions of a user that have finished, with their results and events, and returns their number.</summary>
    /// <exception cref="GatewayException">The user has an execution that has not finished.</exception>
    public async Task<long> DeleteAllAsync(string userId, CancellationToken cancellationToken)
    {
        var deleted = await store.RemoveFinishedAsync(userId, cancellationToken);
        if (await ListUnfinishedAsync(userId, cancellationToken) is [var first, ..])
            throw StillRunning("An execution has not stopped yet; everything else is deleted. Call again.", first);

        // Only now: events of an execution that goes on would appear again.
        await log.DeleteAsync(userId, cancellationToken);
        return deleted;
    }

    private async Task CancelAsync(string userId, string executionId, CancellationToken cancellationToken)
    {
        try
        {
            await cancellation.CancelAsync(userId, executionId, cancellationToken);
        }
        catch (GatewayException exception) when (exception.Kind == GatewayErrorKind.NotFound)
        {
            // Another call has just deleted it.
        }
    }

    private async Task<IReadOnlyList<string>> ListUnfinishedAsync(string userId, CancellationToken cancellationToken)
    {
        UserIds.Check(userId);
        var unfinished = new List<string>();
        for (ExecutionPosition? after = null; ; )
        {
            var page = await store.ListAsync(userId, after, PageSize, cancellationToken);
            unfinished.AddRange(page.Where(execution => execution.Status != ExecutionStatus.Finished).Select(found => found.ExecutionId));
            if (page.Count < PageSize)
                return unfinished;
            after = new ExecutionPosition(page[^1].AcceptedAt, page[^1].ExecutionId);
        }
    }

    private async Task<bool> IsFinishedAsync(string userId, string executionId, CancellationToken cancellationToken) =>
        await store.FindAsync(userId, executionId, cancellationToken) is null or { Status: ExecutionStatus.Finished };

    private static GatewayException StillRunning(string message, string executionId) =>
        new(GatewayErrorKind.StillRunning, message) { ExecutionId = executionId };
}
