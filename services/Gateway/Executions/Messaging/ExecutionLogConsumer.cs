using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Records;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Logs the output and the files of live executions.</summary>
internal sealed class ExecutionLogConsumer(IExecutionLog log, EventProofs proofs, TimeProvider timeProvider)
    : IConsumer<ExecutionOutput>,
        IConsumer<ExecutionFileStored>
{
    public Task Consume(ConsumeContext<ExecutionOutput> context) =>
        AppendAsync(LogEntry.From(context.Message), context.Message.Proof, context.CancellationToken);

    public Task Consume(ConsumeContext<ExecutionFileStored> context) =>
        AppendAsync(LogEntry.From(context.Message), context.Message.Proof, context.CancellationToken);

    private Task AppendAsync(LogEntry entry, string? proof, CancellationToken cancellationToken) =>
        proofs.Accept(entry.UserId, entry.ExecutionId, proof)
            ? log.AppendAsync(entry, timeProvider.GetUtcNow(), cancellationToken)
            : Task.CompletedTask;
}
