using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Ends executions with the results that arrive at the endpoint that all replicas share.</summary>
internal sealed class ExecutionFinishedConsumer(ExecutionFinisher finisher, EventProofs proofs, ExecutionInstruments instruments)
    : IConsumer<ExecutionFinished>
{
    public async Task Consume(ConsumeContext<ExecutionFinished> context)
    {
        var finished = context.Message;
        if (!proofs.Accept(finished.UserId, finished.ExecutionId, finished.Proof))
            return;
        try
        {
            await finisher.FinishAsync(finished, context.CancellationToken);
        }
        // For example a result that is larger than the database accepts.
        catch (Exception exception) when (exception is not GatewayException and not OperationCanceledException)
        {
            await finisher.FinishWithoutContentAsync(finished, exception, context.CancellationToken);
        }

        instruments.Finished(finished.Result.Outcome);
    }
}
