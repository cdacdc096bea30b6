using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Stores that an execution is running.</summary>
internal sealed class ExecutionStartedConsumer(
    IExecutionStore store,
    IExecutionLog log,
    IExecutionQueue queue,
    EventProofs proofs,
    TimeProvider timeProvider
) : IConsumer<ExecutionStarted>
{
    public async Task Consume(ConsumeContext<ExecutionStarted> context)
    {
        var started = context.Message;
        if (!proofs.Accept(started.UserId, started.ExecutionId, started.Proof))
            return;
        if (started.Live)
        {
            await log.AppendAsync(LogEntry.From(started), timeProvider.GetUtcNow(), context.CancellationToken);
        }

        if (!await store.MarkStartedAsync(started, context.CancellationToken))
        {
            await StopIfEndedAsync(started, context.CancellationToken);
        }
    }

    /// <summary>
    /// A runner that connected after an execution was cancelled, or had timed out in the queue, has not received the cancellation.
    /// </summary>
    private async Task StopIfEndedAsync(ExecutionStarted started, CancellationToken cancellationToken)
    {
        var execution = await store.FindAsync(started.UserId, started.ExecutionId, cancellationToken);
        // A result of code that was started has its start.
        if (execution?.Result is { StartedAt: null, Outcome: Outcome.Cancelled or Outcome.TimedOut or Outcome.RunnerLost })
        {
            await queue.CancelAsync(new CancelExecution { ExecutionId = started.ExecutionId, UserId = started.UserId }, cancellationToken);
        }
    }
}
