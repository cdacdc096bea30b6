using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Tests.Executions;

/// <summary>A store with one queued execution, whose end it does not get to write until it is let.</summary>
internal sealed class BlockedExecutionStore(ExecutionRecord execution) : IExecutionStore
{
    public TaskCompletionSource Writing { get; } = new();

    public List<ExecutionFinished> Written { get; } = [];

    public Task<ExecutionRecord> AddAsync(ExecutionRecord added, CancellationToken cancellationToken) => Task.FromResult(added);

    public Task RemoveQueuedAsync(ExecutionRecord removed, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<bool> MarkStartedAsync(ExecutionStarted started, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task MarkFinishedAsync(ExecutionFinished finished, DateTimeOffset? judgedAt, CancellationToken cancellationToken)
    {
        Written.Add(finished);
        return Writing.Task.WaitAsync(cancellationToken);
    }

    public Task<ExecutionRecord?> FindAsync(string userId, string executionId, CancellationToken cancellationToken) =>
        Task.FromResult(userId == execution.UserId && executionId == execution.ExecutionId ? execution : null);

    public Task<ExecutionUsage> MeasureAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(new ExecutionUsage(0, 0));

    public Task<bool> RemoveFinishedAsync(string userId, string executionId, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<long> RemoveFinishedAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(0L);

    public Task<IReadOnlyList<ExecutionRecord>> ListAsync(
        string userId,
        ExecutionPosition? after,
        int count,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyList<ExecutionRecord>>([]);

    public Task<int> CountQueuedAsync(string userId, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken) =>
        Task.FromResult(0);

    public Task<int> CountActiveOfUserAsync(string userId, DateTimeOffset acceptedAt, CancellationToken cancellationToken) =>
        Task.FromResult(0);

    public Task<int> CountActiveOfCallerAsync(string callerId, DateTimeOffset acceptedAt, CancellationToken cancellationToken) =>
        Task.FromResult(0);

    public Task<IReadOnlyList<ExecutionRecord>> ListUnfinishedAsync(
        ExecutionPosition after,
        DateTimeOffset before,
        int count,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyList<ExecutionRecord>>([]);

    public Task<int> DeleteAcceptedBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) => Task.FromResult(0);

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
