using System.Collections.Concurrent;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Executions.Intake;

/// <summary>
/// The requests with an idempotency key that this replica has stored and not published yet. A request that is repeated in that moment waits
/// for the outcome, because the execution may be withdrawn.
/// </summary>
internal sealed class OngoingIntakes
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<GatewayException?>> _outcomes = new();

    /// <summary>
    /// Begins an intake, before its execution can be found. Disposing ends it, as withdrawn unless it was published or refused.
    /// </summary>
    public Intake Begin(ExecutionRecord execution)
    {
        var outcome = new TaskCompletionSource<GatewayException?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (execution.IdempotencyKey is not null)
            _outcomes[execution.ExecutionId] = outcome;
        return new Intake(outcome, () => _outcomes.TryRemove(execution.ExecutionId, out _));
    }

    /// <summary>
    /// Waits until the execution is published or withdrawn; returns at once if its intake is not ongoing at this replica.
    /// </summary>
    /// <exception cref="GatewayException">The request was refused, and so is the same request again.</exception>
    public async Task WaitAsync(string executionId, CancellationToken cancellationToken)
    {
        if (_outcomes.TryGetValue(executionId, out var outcome) && await outcome.Task.WaitAsync(cancellationToken) is { } refusal)
            throw refusal;
    }

    /// <summary>One of them.</summary>
    internal sealed class Intake(TaskCompletionSource<GatewayException?> outcome, Action remove) : IDisposable
    {
        /// <summary>The request was refused, and its execution withdrawn.</summary>
        public void Refuse(GatewayException refusal) => outcome.TrySetResult(refusal);

        public void Dispose()
        {
            remove();
            outcome.TrySetResult(null);
        }
    }
}
