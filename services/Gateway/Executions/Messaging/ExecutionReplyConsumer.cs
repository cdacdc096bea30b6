using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Following;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Takes the copies of events that runners send straight to the replica that has accepted the execution.</summary>
internal sealed class ExecutionReplyConsumer(
    FinishedExecutions finishedExecutions,
    PendingExecutions pendingExecutions,
    LiveFeeds feeds,
    EventProofs proofs
) : IConsumer<ExecutionStarted>, IConsumer<ExecutionOutput>, IConsumer<ExecutionFileStored>, IConsumer<ExecutionFinished>
{
    public Task Consume(ConsumeContext<ExecutionStarted> context)
    {
        if (Publish(LogEntry.From(context.Message), context.Message.Proof))
            pendingExecutions.MarkStarted(context.Message.ExecutionId);
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<ExecutionOutput> context)
    {
        Publish(LogEntry.From(context.Message), context.Message.Proof);
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<ExecutionFileStored> context)
    {
        Publish(LogEntry.From(context.Message), context.Message.Proof);
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<ExecutionFinished> context)
    {
        var finished = context.Message;
        if (!proofs.Accept(finished.UserId, finished.ExecutionId, finished.Proof))
            return Task.CompletedTask;
        pendingExecutions.Remove(finished.ExecutionId);
        return finishedExecutions.TakeInAsync(finished, context.CancellationToken);
    }

    private bool Publish(LogEntry entry, string? proof)
    {
        var isProven = proofs.Accept(entry.UserId, entry.ExecutionId, proof);
        if (isProven)
            feeds.Publish(entry);
        return isProven;
    }
}
