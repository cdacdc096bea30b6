using CodeInterpreter.Contracts;
using MassTransit;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>
/// Gives input to the code that reads it. Messages are handled one after the other, in the order of the input. Input for other executions
/// is dropped.
/// </summary>
internal sealed class ExecutionInputConsumer(ActiveExecutions executions) : IConsumer<ExecutionInput>
{
    public Task Consume(ConsumeContext<ExecutionInput> context)
    {
        executions.Feed(context.Message);
        return Task.CompletedTask;
    }
}
