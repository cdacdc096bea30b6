using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Tells runners whether an execution has a result.</summary>
internal sealed class ExecutionInquiryConsumer(ExecutionReader reader) : IConsumer<ExecutionInquiry>
{
    public async Task Consume(ConsumeContext<ExecutionInquiry> context)
    {
        var execution = await reader.FindAsync(context.Message.UserId, context.Message.ExecutionId, context.CancellationToken);
        await context.RespondAsync(new ExecutionInquiryAnswer { IsFinished = execution?.Status == ExecutionStatus.Finished });
    }
}
