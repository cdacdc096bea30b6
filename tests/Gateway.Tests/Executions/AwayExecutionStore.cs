using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions;
using CodeInterpreter.Gateway.Executions.Following;

namespace CodeInterpreter.Gateway.Tests.Executions;

/// <summary>A store and a log whose database is away.</summary>
internal sealed class AwayExecutionStore : IExecutionStore, IExecutionLog
{
    public Task<ExecutionRecord> AddAsync(ExecutionRecord execution, CancellationToken cancellationToken) => throw Away();

    public Task RemoveQueuedAsync(ExecutionRecord execution, CancellationToken cancellationToken) => throw Away();

    public Task<bool> MarkStartedAsync(ExecutionStarted started, CancellationToken cancellationToken) => throw Away();

    public Task MarkFinishedAsync(ExecutionFinished finished, CancellationToken cancellationToken) => throw Away();

    public Task<ExecutionRecord?> FindAsync(string userId, string executionId, CancellationToken cancellationToken) => throw Away();

    public Task<IReadOnlyList<ExecutionRecord>> ListAsync(
        string userId, ExecutionPosition? after, int count, CancellationToken cancellationToken) => throw Away();

    public Task<int> CountQueuedAsync(DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken) => throw Away();

    public Task<IReadOnlyList<ExecutionRecord>> ListUnfinishedAsync(
        DateTimeOffset from, DateTimeOffset before, int count, CancellationToken cancellationToken) => throw Away();

    public Task<int> DeleteAcceptedBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) => throw Away();

    public Task CheckAsync(CancellationToken cancellationToken) => throw Away();

    public Task AppendAsync(LogEntry entry, DateTimeOffset now, CancellationToken cancellationToken) => throw Away();

    public Task<IReadOnlyList<LogEntry>> ReadAsync(
        string userId, string executionId, long after, int count, CancellationToken cancellationToken) => throw Away();

    public Task DeleteBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) => throw Away();

    private static GatewayException Away() => new(GatewayErrorKind.Unavailable, "away");
}
