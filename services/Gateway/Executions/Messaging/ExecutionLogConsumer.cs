using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Following;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Logs what happens in live executions.</summary>
internal sealed class ExecutionLogConsumer(IExecutionLog log, TimeProvider timeProvider)
    : IConsumer<ExecutionOutput>, IConsumer<ExecutionFileStored>
{
    public Task Consume(ConsumeContext<ExecutionOutput> context) =>
        log.AppendAsync(LogEntry.From(context.Message), timeProvider.GetUtcNow(), context.CancellationToken);

    public Task Consume(ConsumeContext<ExecutionFileStored> context) =>
        log.AppendAsync(LogEntry.From(context.Message), timeProvider.GetUtcNow(), context.CancellationToken);
}
