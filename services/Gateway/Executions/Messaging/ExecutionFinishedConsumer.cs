using CodeInterpreter.Contracts;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Stores results, also those whose caller or replica is gone.</summary>
internal sealed class ExecutionFinishedConsumer(FinishedExecutions finishedExecutions, ExecutionInstruments instruments)
    : IConsumer<ExecutionFinished>
{
    public async Task Consume(ConsumeContext<ExecutionFinished> context)
    {
        await finishedExecutions.TakeInAsync(context.Message, context.CancellationToken);
        instruments.Finished(context.Message.Result.Outcome);
    }
}
