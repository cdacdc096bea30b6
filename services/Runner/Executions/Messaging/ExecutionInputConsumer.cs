using CodeInterpreter.Contracts;
using MassTransit;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>
/// Hands input to the code that waits for it. One message after the other: their order is that of the input. What nobody here takes is
/// dropped.
/// </summary>
internal sealed class ExecutionInputConsumer(RunningExecutions executions) : IConsumer<ExecutionInput>
{
    public Task Consume(ConsumeContext<ExecutionInput> context)
    {
        executions.Feed(context.Message);
        return Task.CompletedTask;
    }
}
