using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>
/// Publishes the end of executions that the broker gave up: each runner that received one was lost. The code may be what ends the
/// runners, so it is never run again.
/// </summary>
internal sealed partial class LostExecutionConsumer(EventProofs proofs, TimeProvider timeProvider, ILogger<LostExecutionConsumer> logger)
    : IConsumer<ExecuteCode>
{
    public async Task Consume(ConsumeContext<ExecuteCode> context)
    {
        // The broker does not check that a gateway published the command. Clients that publish directly send no proof.
        if (context.Message.Proof is not null && !proofs.Accept(context.Message.UserId, context.Message.ExecutionId, context.Message.Proof))
            return;
        Lost(context.Message.ExecutionId);
        await context.AnnounceAsync(ExecutionEnds.LostWithRunners(context.Message, timeProvider.GetUtcNow()), timeProvider);
    }

    [LoggerMessage(10, LogLevel.Warning, "The execution {ExecutionId} was lost with the runners that received it")]
    private partial void Lost(string executionId);
}
