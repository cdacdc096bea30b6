using CodeInterpreter.Contracts;
using MassTransit;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>Hands input to the code that waits for it. One message after the other: their order is that of the input.</summary>
internal sealed class ExecutionInputConsumer(RunningExecutions executions) : IConsumer<ExecutionInput>
{
    public Task Consume(ConsumeContext<ExecutionInput> context) => executions.FeedAsync(context.Message, context.CancellationToken);
}
