using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Tells runners whether an execution has a result.</summary>
internal sealed class ExecutionInquiryConsumer(ExecutionReader reader, TimeProvider timeProvider) : IConsumer<ExecutionInquiry>
{
    public async Task Consume(ConsumeContext<ExecutionInquiry> context)
    {
        var execution = await reader.FindAsync(context.Message.UserId, context.Message.ExecutionId, context.CancellationToken);
        var answer = new ExecutionInquiryAnswer { IsFinished = execution?.Status == ExecutionStatus.Finished };
        await timeProvider.ConfirmedAsync(_ => context.RespondAsync(answer), context.CancellationToken);
    }
}
