using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Following;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Remembers that an execution is running.</summary>
internal sealed class ExecutionStartedConsumer(
    IExecutionStore store, IExecutionLog log, IExecutionQueue queue, TimeProvider timeProvider) : IConsumer<ExecutionStarted>
{
    public async Task Consume(ConsumeContext<ExecutionStarted> context)
    {
        var started = context.Message;
        if (started.Live)
        {
            await log.AppendAsync(LogEntry.From(started), timeProvider.GetUtcNow(), context.CancellationToken);
        }

        if (!await store.MarkStartedAsync(started, context.CancellationToken))
        {
            await StopIfCancelledAsync(started, context.CancellationToken);
        }
    }

    /// <summary>A runner that came up after an execution was cancelled has not heard of that.</summary>
    private async Task StopIfCancelledAsync(ExecutionStarted started, CancellationToken cancellationToken)
    {
        var execution = await store.FindAsync(started.UserId, started.ExecutionId, cancellationToken);
        if (execution?.Result?.Outcome == Outcome.Cancelled)
        {
            await queue.CancelAsync(
                new CancelExecution { ExecutionId = started.ExecutionId, UserId = started.UserId }, cancellationToken);
        }
    }
}
