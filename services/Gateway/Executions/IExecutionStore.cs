using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>
/// Remembers executions. Changes only ever move one forward, so that events may come twice and in any order; events for
/// an execution that is not there change nothing.
/// </summary>
internal interface IExecutionStore
{
    /// <summary>
    /// Adds an execution; returns it, or the user's other one that has its idempotency key already. Of several callers with one
    /// key one succeeds.
    /// </summary>
    Task<ExecutionRecord> AddAsync(ExecutionRecord execution, CancellationToken cancellationToken);

    /// <summary>Forgets an execution that no runner has got; one that has been started is kept.</summary>
    Task RemoveQueuedAsync(ExecutionRecord execution, CancellationToken cancellationToken);

    /// <summary>False when it is not there, or has finished.</summary>
    Task<bool> MarkStartedAsync(ExecutionStarted started, CancellationToken cancellationToken);

    Task MarkFinishedAsync(ExecutionFinished finished, CancellationToken cancellationToken);

    /// <summary>Null when it is unknown or another user's.</summary>
    Task<ExecutionRecord?> FindAsync(string userId, string executionId, CancellationToken cancellationToken);

    /// <summary>What all executions of the user come to.</summary>
    Task<ExecutionUsage> MeasureAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Forgets an execution that has finished; false when there is none.</summary>
    Task<bool> RemoveFinishedAsync(string userId, string executionId, CancellationToken cancellationToken);

    /// <summary>The user's executions without their results, the newest first, from behind <paramref name="after"/> on.</summary>
    Task<IReadOnlyList<ExecutionRecord>> ListAsync(string userId, ExecutionPosition? after, int count, CancellationToken cancellationToken);

    /// <summary>How many executions of the user were accepted between the two moments and still wait for a runner.</summary>
    Task<int> CountQueuedAsync(string userId, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>
    /// Up to <paramref name="count"/> executions, of whatever user, that come behind <paramref name="after"/>, were accepted before that
    /// moment and have not finished; the oldest first.
    /// </summary>
    Task<IReadOnlyList<ExecutionRecord>> ListUnfinishedAsync(
        ExecutionPosition after,
        DateTimeOffset before,
        int count,
        CancellationToken cancellationToken
    );

    /// <summary>Forgets what was accepted before that moment and returns how many executions that were.</summary>
    Task<int> DeleteAcceptedBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken);

    /// <summary>Throws when the store does not take executions at the moment.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}
