using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Files;

namespace CodeInterpreter.Gateway.Executions.Lifecycle;

/// <summary>
/// Reads an execution as its caller knows it: with a result that is about to be stored, and finished when it is lost, even if the sweep
/// has not ended it yet. Reading changes nothing.
/// </summary>
internal sealed class ExecutionReader(IExecutionStore store, ExecutionFinisher finisher, LostExecutions lostExecutions)
{
    /// <summary>Returns an execution of that user.</summary>
    /// <exception cref="GatewayException">The user id is not valid, or the user has no such execution.</exception>
    public async Task<ExecutionRecord> GetAsync(string userId, string executionId, CancellationToken cancellationToken)
    {
        UserIds.Check(userId);
        return await FindAsync(userId, executionId, cancellationToken)
            ?? throw new GatewayException(GatewayErrorKind.NotFound, "The execution does not exist, or no longer exists.");
    }

    /// <summary>Returns an execution of that user; null if there is none.</summary>
    public async Task<ExecutionRecord?> FindAsync(string userId, string executionId, CancellationToken cancellationToken)
    {
        // In this order: a result that is stored between the two look-ups is found by the second.
        var unstored = finisher.FindUnstored(executionId);
        var execution = await FindStoredAsync(userId, executionId, cancellationToken);
        if (execution is null or { Status: ExecutionStatus.Finished })
            return execution;
        if (lostExecutions.IsLost(execution))
            return execution.Finish(ExecutionEnds.Lost(execution));
        return unstored is null ? execution : execution.Finish(unstored);
    }

    private async Task<ExecutionRecord?> FindStoredAsync(string userId, string executionId, CancellationToken cancellationToken)
    {
        try
        {
            return await store.FindAsync(userId, executionId, cancellationToken);
        }
        catch (GatewayException exception) when (exception.Kind == GatewayErrorKind.Unavailable)
        {
            lostExecutions.NoteOutage();
            throw;
        }
    }
}
