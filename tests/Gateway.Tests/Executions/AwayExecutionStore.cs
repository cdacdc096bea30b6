using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Tests.Executions;

/// <summary>A store and a log whose database is away.</summary>
internal sealed class AwayExecutionStore : IExecutionStore, IExecutionLog
{
    /// <summary>What was there before the database went away, under the key of whatever is added.</summary>
    public ExecutionRecord? Known { get; init; }

    public Task<ExecutionRecord> AddAsync(ExecutionRecord execution, CancellationToken cancellationToken) =>
        Known is null ? throw Away() : Task.FromResult(Known);

    public Task RemoveQueuedAsync(ExecutionRecord execution, CancellationToken cancellationToken) => throw Away();

    public Task<bool> MarkStartedAsync(ExecutionStarted started, CancellationToken cancellationToken) => throw Away();

    public Task MarkFinishedAsync(ExecutionFinished finished, DateTimeOffset? judgedAt, CancellationToken cancellationToken) =>
        throw Away();

    public Task<ExecutionRecord?> FindAsync(string userId, string executionId, CancellationToken cancellationToken) => throw Away();

    public Task<ExecutionUsage> MeasureAsync(string userId, CancellationToken cancellationToken) => throw Away();

    public Task<bool> RemoveFinishedAsync(string userId, string executionId, CancellationToken cancellationToken) => throw Away();

    public Task<long> RemoveFinishedAsync(string userId, CancellationToken cancellationToken) => throw Away();

    public Task DeleteAsync(string userId, string executionId, CancellationToken cancellationToken) => throw Away();

    public Task DeleteAsync(string userId, CancellationToken cancellationToken) => throw Away();

    public Task<IReadOnlyList<ExecutionRecord>> ListAsync(
        string userId,
        ExecutionPosition? after,
        int count,
        CancellationToken cancellationToken
    ) => throw Away();

    public Task<int> CountQueuedAsync(string userId, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken) =>
        throw Away();

    public Task<int> CountActiveOfUserAsync(string userId, DateTimeOffset acceptedAt, CancellationToken cancellationToken) => throw Away();

    public Task<int> CountActiveOfCallerAsync(string callerId, DateTimeOffset acceptedAt, CancellationToken cancellationToken) =>
        throw Away();

    public Task<IReadOnlyList<ExecutionRecord>> ListUnfinishedAsync(
        ExecutionPosition after,
        DateTimeOffset before,
        int count,
        CancellationToken cancellationToken
    ) => throw Away();

    public Task<int> DeleteAcceptedBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) => throw Away();

    public Task CheckAsync(CancellationToken cancellationToken) => throw Away();

    public Task AppendAsync(LogEntry entry, DateTimeOffset now, CancellationToken cancellationToken) => throw Away();

    public Task<IReadOnlyList<LogEntry>> ReadAsync(
        string userId,
        string executionId,
        long after,
        int count,
        CancellationToken cancellationToken
    ) => throw Away();

    public Task DeleteBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) => throw Away();

    private static GatewayException Away() => new(GatewayErrorKind.Unavailable, "away");
}
