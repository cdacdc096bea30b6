using CodeInterpreter.Contracts;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>
/// Answers executions that the broker has given up: each runner that had one was lost with it. It may be what ends the
/// runners, so it is answered here and never run again.
/// </summary>
internal sealed partial class LostExecutionConsumer(EventProofs proofs, TimeProvider timeProvider, ILogger<LostExecutionConsumer> logger)
    : IConsumer<ExecuteCode>
{
    public async Task Consume(ConsumeContext<ExecuteCode> context)
    {
        // That it comes from the broker does not show that a gateway has ever published it. A plain client's comes without.
        if (context.Message.Proof is not null && !proofs.Accept(context.Message.UserId, context.Message.ExecutionId, context.Message.Proof))
            return;
        Lost(context.Message.ExecutionId);
        await context.AnnounceAsync(
            new ExecutionFinished
            {
                ExecutionId = context.Message.ExecutionId,
                UserId = context.Message.UserId,
                Proof = context.Message.Proof,
                RunnerId = "",
                FinishedAt = timeProvider.GetUtcNow(),
                Result = new Contracts.ExecutionResult
                {
                    Outcome = Outcome.RunnerLost,
                    KilledBy = KilledBy.Runner,
                    Message = "The runners that held the execution were lost; it is not tried again.",
                },
            }
        );
    }

    [LoggerMessage(10, LogLevel.Warning, "The execution {ExecutionId} was lost with its runners")]
    private partial void Lost(string executionId);
}
