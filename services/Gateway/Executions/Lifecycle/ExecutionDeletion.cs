using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Executions.Lifecycle;

/// <summary>Deletes finished executions for their users.</summary>
internal sealed class ExecutionDeletion(ExecutionReader reader, IExecutionStore store, IExecutionLog log)
{
    /// <summary>Deletes a finished execution with its result and its events. Its files stay.</summary>
    /// <exception cref="GatewayException">There is no such execution, or it has not finished.</exception>
    public async Task DeleteAsync(string userId, string executionId, CancellationToken cancellationToken)
    {
        var execution = await reader.GetAsync(userId, executionId, cancellationToken);
        // In this order: what is left after a failure can be deleted again.
        await log.DeleteAsync(userId, executionId, cancellationToken);
        if (await store.RemoveFinishedAsync(userId, executionId, cancellationToken))
            return;

        throw new GatewayException(
            GatewayErrorKind.StillRunning,
            $"The execution has not finished, it is {execution.Status}; cancel it first."
        )
        {
            ExecutionId = executionId,
        };
    }
}
