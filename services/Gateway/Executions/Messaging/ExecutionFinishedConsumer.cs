using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Stores results, also those whose caller or replica is gone.</summary>
internal sealed partial class ExecutionFinishedConsumer(
    FinishedExecutions finishedExecutions,
    EventProofs proofs,
    ExecutionInstruments instruments,
    ILogger<ExecutionFinishedConsumer> logger
) : IConsumer<ExecutionFinished>
{
    public async Task Consume(ConsumeContext<ExecutionFinished> context)
    {
        var finished = context.Message;
        if (!proofs.Accept(finished.UserId, finished.ExecutionId, finished.Proof))
            return;
        try
        {
            await finishedExecutions.TakeInAsync(finished, context.CancellationToken);
        }
        // Such as a result that is larger than what the database takes.
        catch (Exception exception) when (exception is not GatewayException and not OperationCanceledException)
        {
            NotStorable(finished.ExecutionId, exception.GetType().Name);
            await finishedExecutions.TakeInAsync(WithoutContent(finished), context.CancellationToken);
        }

        instruments.Finished(finished.Result.Outcome);
    }

    /// <summary>How it ended, which is better than no answer.</summary>
    private static ExecutionFinished WithoutContent(ExecutionFinished finished) =>
        finished with
        {
            Result = new Contracts.ExecutionResult
            {
                Outcome = finished.Result.Outcome,
                StartedAt = finished.Result.StartedAt,
                KilledBy = finished.Result.KilledBy,
                ReturnCode = finished.Result.ReturnCode,
                Usage = finished.Result.Usage,
                Message = "The result could not be stored: what was printed and the names of the files are not in it.",
            },
        };

    [LoggerMessage(
        11,
        LogLevel.Error,
        "The result of {ExecutionId} cannot be stored ({Reason}); how it ended is stored without its content"
    )]
    private partial void NotStorable(string executionId, string reason);
}
