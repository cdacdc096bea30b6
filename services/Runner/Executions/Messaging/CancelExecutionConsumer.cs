using CodeInterpreter.Contracts;
using MassTransit;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>Stops executions on this runner, and keeps those that arrive later from starting.</summary>
internal sealed class CancelExecutionConsumer(ActiveExecutions executions) : IConsumer<CancelExecution>
{
    public Task Consume(ConsumeContext<CancelExecution> context)
    {
        executions.Cancel(context.Message);
        return Task.CompletedTask;
    }
}
