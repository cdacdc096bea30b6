using System.Collections.Concurrent;
using CodeInterpreter.Gateway.Errors;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>
/// The requests with an idempotency key that this replica has remembered and not handed over yet. A request that is repeated in that moment
/// waits for how it ends: its execution may be forgotten again.
/// </summary>
internal sealed class AcceptancesUnderWay
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<GatewayException?>> _ends = new();

    /// <summary>Begins before the execution can be found. Disposing ends it; unless it has been told how, as withdrawn.</summary>
    public UnderWay Begin(ExecutionRecord execution)
    {
        var end = new TaskCompletionSource<GatewayException?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (execution.IdempotencyKey is not null)
            _ends[execution.ExecutionId] = end;
        return new UnderWay(end, () => _ends.TryRemove(execution.ExecutionId, out _));
    }

    /// <summary>Waits until the execution has been handed over or forgotten; returns at once when that is not under way here.</summary>
    /// <exception cref="GatewayException">It was refused: that holds for the same request as well.</exception>
    public async Task WaitAsync(string executionId, CancellationToken cancellationToken)
    {
        if (_ends.TryGetValue(executionId, out var end) && await end.Task.WaitAsync(cancellationToken) is { } refusal)
            throw refusal;
    }

    /// <summary>One of them.</summary>
    internal sealed class UnderWay(TaskCompletionSource<GatewayException?> end, Action remove) : IDisposable
    {
        /// <summary>It was refused, and is forgotten.</summary>
        public void Refuse(GatewayException refusal) => end.TrySetResult(refusal);

        public void Dispose()
        {
            remove();
            end.TrySetResult(null);
        }
    }
}
