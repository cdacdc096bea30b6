using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Following;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Takes the copies of events that runners send straight to the replica that has accepted the execution.</summary>
internal sealed class ExecutionReplyConsumer(
    FinishedExecutions finishedExecutions, PendingExecutions pendingExecutions, LiveFeeds feeds)
    : IConsumer<ExecutionStarted>, IConsumer<ExecutionOutput>, IConsumer<ExecutionFileStored>, IConsumer<ExecutionFinished>
{
    public Task Consume(ConsumeContext<ExecutionStarted> context)
    {
        pendingExecutions.MarkStarted(context.Message.ExecutionId);
        return Publish(LogEntry.From(context.Message));
    }

    public Task Consume(ConsumeContext<ExecutionOutput> context) => Publish(LogEntry.From(context.Message));

    public Task Consume(ConsumeContext<ExecutionFileStored> context) => Publish(LogEntry.From(context.Message));

    public Task Consume(ConsumeContext<ExecutionFinished> context)
    {
        pendingExecutions.Remove(context.Message.ExecutionId);
        return finishedExecutions.TakeInAsync(context.Message, context.CancellationToken);
    }

    private Task Publish(LogEntry entry)
    {
        feeds.Publish(entry);
        return Task.CompletedTask;
    }
}
