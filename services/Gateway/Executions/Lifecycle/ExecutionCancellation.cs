using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Executions.Lifecycle;

/// <summary>Stops executions on behalf of their callers.</summary>
internal sealed partial class ExecutionCancellation(
    ExecutionReader reader,
    IExecutionQueue queue,
    ExecutionFinisher finisher,
    IResultSubscribers subscribers,
    TimeProvider timeProvider,
    ILogger<ExecutionCancellation> logger
)
{
    // A runner that has just started the execution reports that, and later the result with output and files.
    private static readonly TimeSpan StartGrace = TimeSpan.FromSeconds(1);

    /// <summary>Stops an execution, waiting or running. A finished one does not change.</summary>
    public async Task CancelAsync(string userId, string executionId, CancellationToken cancellationToken)
    {
        var execution = await reader.GetAsync(userId, executionId, cancellationToken);
        if (execution.Status == ExecutionStatus.Finished)
        {
            return;
        }

        await queue.CancelAsync(new CancelExecution { ExecutionId = executionId, UserId = userId }, cancellationToken);
        if (execution.Status == ExecutionStatus.Queued && await StaysQueuedAsync(userId, executionId, cancellationToken))
        {
            await finisher.CancelAsync(execution, cancellationToken);
        }
    }

    /// <summary>
    /// Cancels an execution whose caller disconnected, unless other callers wait for it here, or its caller may repeat the request: that
    /// is what the idempotency key is for. A failure is only logged, as no caller is left.
    /// </summary>
    public async Task AbandonAsync(ExecutionRecord execution)
    {
        if (execution.IdempotencyKey is not null || subscribers.Has(execution.ExecutionId))
        {
            return;
        }

        try
        {
            await CancelAsync(execution.UserId, execution.ExecutionId, CancellationToken.None);
        }
        catch (GatewayException exception)
        {
            NotCancelled(execution.ExecutionId, exception);
        }
    }

    private async Task<bool> StaysQueuedAsync(string userId, string executionId, CancellationToken cancellationToken)
    {
        var end = timeProvider.GetUtcNow() + StartGrace;
        while ((await reader.GetAsync(userId, executionId, cancellationToken)).Status == ExecutionStatus.Queued)
        {
            if (timeProvider.GetUtcNow() >= end)
            {
                return true;
            }

            await Task.Delay(StartGrace / 10, timeProvider, cancellationToken);
        }

        return false;
    }

    [LoggerMessage(4, LogLevel.Warning, "The execution {ExecutionId} could not be cancelled after its caller disconnected")]
    private partial void NotCancelled(string executionId, Exception exception);
}
