using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions.Records;

/// <summary>
/// Stores executions. Changes only move an execution forward, so events may arrive twice and in any order. Events of an unknown execution
/// change nothing.
/// </summary>
internal interface IExecutionStore
{
    /// <summary>
    /// Adds an execution and returns it. If another execution of the user has its idempotency key, adds nothing and returns that one. Of
    /// several simultaneous calls with one key, one succeeds.
    /// </summary>
    Task<ExecutionRecord> AddAsync(ExecutionRecord execution, CancellationToken cancellationToken);

    /// <summary>Deletes an execution that no runner has started; any other is kept.</summary>
    Task RemoveQueuedAsync(ExecutionRecord execution, CancellationToken cancellationToken);

    /// <summary>Marks an execution as running; false if it is unknown or has finished.</summary>
    Task<bool> MarkStartedAsync(ExecutionStarted started, CancellationToken cancellationToken);

    /// <summary>Stores the end of an execution that has none.</summary>
    /// <param name="finished">The end.</param>
    /// <param name="judgedAt">An execution that is lost at that time does not change; null to end it nevertheless.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task MarkFinishedAsync(ExecutionFinished finished, DateTimeOffset? judgedAt, CancellationToken cancellationToken);

    /// <summary>Returns an execution; null if it is unknown or belongs to another user.</summary>
    Task<ExecutionRecord?> FindAsync(string userId, string executionId, CancellationToken cancellationToken);

    /// <summary>Measures all executions of the user.</summary>
    Task<ExecutionUsage> MeasureAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Deletes a finished execution; false if there is none.</summary>
    Task<bool> RemoveFinishedAsync(string userId, string executionId, CancellationToken cancellationToken);

    /// <summary>Deletes all finished executions of the user, and returns their number.</summary>
    Task<long> RemoveFinishedAsync(string userId, CancellationToken cancellationToken);

    /// <summary>The user's executions without their results, the newest first, after the position <paramref name="after"/>.</summary>
    Task<IReadOnlyList<ExecutionRecord>> ListAsync(string userId, ExecutionPosition? after, int count, CancellationToken cancellationToken);

    /// <summary>Counts the executions of the user that were accepted between the two times and wait for a runner.</summary>
    Task<int> CountQueuedAsync(string userId, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>
    /// Counts the unfinished executions of the user that were accepted at that time or earlier and whose deadline has not passed then.
    /// </summary>
    Task<int> CountActiveOfUserAsync(string userId, DateTimeOffset acceptedAt, CancellationToken cancellationToken);

    /// <summary>The same for a caller.</summary>
    Task<int> CountActiveOfCallerAsync(string callerId, DateTimeOffset acceptedAt, CancellationToken cancellationToken);

    /// <summary>
    /// Up to <paramref name="count"/> unfinished executions of all users after the position <paramref name="after"/> that were
    /// accepted before that time; the oldest first.
    /// </summary>
    Task<IReadOnlyList<ExecutionRecord>> ListUnfinishedAsync(
        ExecutionPosition after,
        DateTimeOffset before,
        int count,
        CancellationToken cancellationToken
    );

    /// <summary>Deletes the executions that were accepted before that time, and returns their number.</summary>
    Task<int> DeleteAcceptedBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken);

    /// <summary>Throws if executions cannot be stored at the moment.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}
