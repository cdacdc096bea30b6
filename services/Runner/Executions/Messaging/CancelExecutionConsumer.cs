using CodeInterpreter.Contracts;
using MassTransit;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>Stops executions that are here, and keeps those that come later from starting.</summary>
internal sealed class CancelExecutionConsumer(RunningExecutions executions) : IConsumer<CancelExecution>
{
    public Task Consume(ConsumeContext<CancelExecution> context)
    {
        executions.Cancel(context.Message);
        return Task.CompletedTask;
    }
}
