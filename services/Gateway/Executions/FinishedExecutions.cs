using System.Collections.Concurrent;
using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>
/// Takes in the news that an execution has finished: first the waiting caller gets the answer, then it is stored. Until
/// then it is kept here, so that a caller who asks again at once finds it finished.
/// </summary>
internal sealed class FinishedExecutions(WaitingExecutions waitingExecutions, IExecutionStore store)
{
    private readonly ConcurrentDictionary<string, ExecutionFinished> _unstored = new();

    public async Task TakeInAsync(ExecutionFinished finished, CancellationToken cancellationToken)
    {
        // What callers have been told is what is stored, should another end come before that is done.
        var first = _unstored.GetOrAdd(finished.ExecutionId, finished);
        try
        {
            waitingExecutions.TryComplete(first);
            await store.MarkFinishedAsync(first, cancellationToken);
        }
        finally
        {
            _unstored.TryRemove(KeyValuePair.Create(finished.ExecutionId, finished));
        }
    }

    /// <summary>The execution as its caller knows it, also when the store is a moment behind.</summary>
    public async Task<ExecutionRecord?> FindAsync(string userId, string executionId, CancellationToken cancellationToken)
    {
        // In this order: what is stored between the two look-ups is found by the second.
        var unstored = _unstored.GetValueOrDefault(executionId);
        var execution = await store.FindAsync(userId, executionId, cancellationToken);
        return execution is { Status: not ExecutionStatus.Finished } && unstored is not null
            ? execution.Finish(unstored)
            : execution;
    }
}
