using CodeInterpreter.Contracts;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Tells runners whether an execution has its result.</summary>
internal sealed class ExecutionInquiryConsumer(FinishedExecutions finishedExecutions) : IConsumer<ExecutionInquiry>
{
    public async Task Consume(ConsumeContext<ExecutionInquiry> context)
    {
        var execution = await finishedExecutions.FindAsync(context.Message.UserId, context.Message.ExecutionId, context.CancellationToken);
        await context.RespondAsync(new ExecutionInquiryAnswer { IsFinished = execution?.Status == ExecutionStatus.Finished });
    }
}
