using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Audit;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Executions.Intake;

/// <summary>Publishes executions to the runners, and takes back those that were not accepted after all.</summary>
internal sealed partial class CommandPublisher(
    IExecutionQueue queue,
    CommandSigner signer,
    QueueTimeouts queueTimeouts,
    IExecutionStore store,
    ExecutionInstruments instruments,
    AuditLog audit,
    ILogger<CommandPublisher> logger
)
{
    private static readonly Func<ILogger, string, IDisposable?> ExecutionScope = LoggerMessage.DefineScope<string>(
        "execution {ExecutionId}"
    );

    public async Task PublishAsync(ExecuteCode command, ExecutionRecord execution, CancellationToken cancellationToken)
    {
        queueTimeouts.Watch(execution);
        using var scope = ExecutionScope(logger, command.ExecutionId);
        ExecutionInstruments.Identify(command.ExecutionId);
        await queue.EnqueueAsync(signer.Sign(command), cancellationToken);
        Accepted(command.InputFiles.Count);
        instruments.Accepted();
        audit.Accepted(
            command.ExecutionId,
            command.UserId,
            execution.CallerId,
            command.Language,
            command.Code.Length,
            command.InputFiles.Count
        );
    }

    /// <summary>Removes an execution that was not accepted, so that it does not look as if it still waited for a runner.</summary>
    /// <param name="execution">The execution.</param>
    /// <param name="mayBePublished">Whether the bus may have the command all the same: then the execution is cancelled.</param>
    /// <param name="callerWaits">
    /// Whether the caller waits for the error, and so not for the bus, which may be unavailable for longer.
    /// </param>
    public async Task WithdrawAsync(ExecutionRecord execution, bool mayBePublished, bool callerWaits)
    {
        var cancelling = mayBePublished ? CancelAsync(execution) : Task.CompletedTask;
        if (!callerWaits)
        {
            await cancelling;
        }

        try
        {
            await store.RemoveQueuedAsync(execution, CancellationToken.None);
        }
        catch (GatewayException exception)
        {
            NotWithdrawn(execution.ExecutionId, exception);
        }
    }

    private async Task CancelAsync(ExecutionRecord execution)
    {
        try
        {
            await queue.CancelAsync(
                new CancelExecution { ExecutionId = execution.ExecutionId, UserId = execution.UserId },
                CancellationToken.None
            );
        }
        catch (GatewayException exception)
        {
            NotWithdrawn(execution.ExecutionId, exception);
        }
    }

    [LoggerMessage(34, LogLevel.Debug, "Accepted with {InputFileCount} input files")]
    private partial void Accepted(int inputFileCount);

    [LoggerMessage(5, LogLevel.Warning, "The execution {ExecutionId}, which was not accepted, could not be withdrawn")]
    private partial void NotWithdrawn(string executionId, Exception exception);
}
