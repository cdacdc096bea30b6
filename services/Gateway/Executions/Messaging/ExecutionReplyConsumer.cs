using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Watching;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Receives the copies of events that runners send directly to the replica that accepted the execution.</summary>
internal sealed class ExecutionReplyConsumer(
    ExecutionFinisher finisher,
    ActiveExecutions activeExecutions,
    Subscriptions subscriptions,
    EventProofs proofs
) : IConsumer<ExecutionStarted>, IConsumer<ExecutionOutput>, IConsumer<ExecutionFileStored>, IConsumer<ExecutionFinished>
{
    public Task Consume(ConsumeContext<ExecutionStarted> context)
    {
        if (Publish(LogEntry.From(context.Message), context.Message.Proof))
            activeExecutions.MarkStarted(context.Message.ExecutionId);
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
        return finisher.FinishAsync(finished, context.CancellationToken);
    }

    private bool Publish(LogEntry entry, string? proof)
    {
        var isProven = proofs.Accept(entry.UserId, entry.ExecutionId, proof);
        if (isProven)
            subscriptions.Publish(entry);
        return isProven;
    }
}
