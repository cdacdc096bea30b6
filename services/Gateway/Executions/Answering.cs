using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Access.Limits;
using CodeInterpreter.Gateway.Executions.Following;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>Prepares what callers are answered with. Files that come along with a result are loaded once there is a place for all of it.</summary>
internal sealed class Answering(LargeAnswers largeAnswers, ResultFiles resultFiles)
{
    /// <summary>Waits until the result may be sent; returns its small files, by their ids, where the caller wants them.</summary>
    public async Task<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> PrepareAsync(
        HttpContext context,
        string userId,
        string executionId,
        ExecutionResult? result,
        bool includeData,
        CancellationToken cancellationToken
    )
    {
        if (result is null)
            return ResultFiles.None;

        await largeAnswers.AdmitAsync(context, executionId, result, includeData ? ResultFiles.BytesOf(result) : 0);
        return includeData ? await resultFiles.LoadAsync(userId, result, cancellationToken) : ResultFiles.None;
    }

    /// <summary>The same for a caller who waited for the end.</summary>
    public async Task<FinishedExecution> PrepareAsync(
        HttpContext context,
        FinishedExecution finished,
        CancellationToken cancellationToken
    ) =>
        finished with
        {
            Data = await PrepareAsync(
                context,
                finished.UserId,
                finished.ExecutionId,
                finished.Result,
                finished.IncludeData,
                cancellationToken
            ),
        };

    /// <summary>The same for an event, which may be the one with the result.</summary>
    public async Task<ExecutionEvent> PrepareAsync(
        HttpContext context,
        string userId,
        ExecutionEvent told,
        bool includeData,
        CancellationToken cancellationToken
    ) =>
        told is ExecutionEvent.Finished finished
            ? finished with
            {
                Data = await PrepareAsync(context, userId, told.ExecutionId, finished.Result, includeData, cancellationToken),
            }
            : told;
}
