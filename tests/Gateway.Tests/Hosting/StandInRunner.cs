using CodeInterpreter.Contracts;
using MassTransit;

namespace CodeInterpreter.Gateway.Tests.Hosting;

/// <summary>
/// Stands in for the runner, which needs a container engine: takes real commands from the bus and answers with real
/// events, but runs nothing. What it answers is in the <see cref="RunnerScript"/>.
/// </summary>
internal sealed class StandInRunner(RunnerScript script) : IConsumer<ExecuteCode>, IConsumer<CancelExecution>
{
    public Task Consume(ConsumeContext<ExecuteCode> context) => script.PlayAsync(context);

    public Task Consume(ConsumeContext<CancelExecution> context)
    {
        script.Cancelled.Enqueue(context.Message.ExecutionId);
        return Task.CompletedTask;
    }
}
