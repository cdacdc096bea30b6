using CodeInterpreter.Contracts;
using MassTransit;

namespace CodeInterpreter.Gateway.Tests.Hosting;

/// <summary>Where the stand-in for the runner takes input.</summary>
internal sealed class StandInInput(RunnerScript script) : IConsumer<ExecutionInput>
{
    public async Task Consume(ConsumeContext<ExecutionInput> context)
    {
        if (context.Message.Text.Length > 0)
        {
            await script.Input.Writer.WriteAsync(context.Message.Text);
        }

        if (context.Message.End)
        {
            await script.Input.Writer.WriteAsync(null);
        }
    }
}
