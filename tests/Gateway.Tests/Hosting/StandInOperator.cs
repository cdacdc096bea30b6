using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Gateway.Tests.Hosting;

/// <summary>Reads the queue of messages that could not be processed.</summary>
internal sealed class StandInOperator(RunnerScript script) : IConsumer<FailedMessage>
{
    public Task Consume(ConsumeContext<FailedMessage> context)
    {
        script.Failed.Enqueue(context.Message);
        return Task.CompletedTask;
    }
}
