using System.Runtime.CompilerServices;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Watching;
using CodeInterpreter.Gateway.Limits;

namespace CodeInterpreter.Gateway.Executions.Results;

/// <summary>
/// Gets results ready to be sent: waits until a large one may take memory, and only then loads the small files that the caller wants with
/// it.
/// </summary>
internal sealed class ResultDelivery(LargeAnswers largeAnswers, ResultFiles resultFiles)
{
    /// <summary>Gets an execution ready, with or without its result.</summary>
    /// <param name="context">The request that is answered; null if its answer takes no memory here.</param>
    /// <param name="execution">The execution.</param>
    /// <param name="includeData">Whether the caller wants the contents of small files.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<DeliveredExecution> PrepareAsync(
        HttpContext? context,
        ExecutionRecord execution,
        bool includeData,
        CancellationToken cancellationToken
    ) =>
        execution.Result is { } result
            ? new(execution, await PrepareAsync(context, execution.UserId, execution.ExecutionId, result, includeData, cancellationToken))
            : DeliveredExecution.WithoutData(execution);

    /// <summary>Gets each event ready when its turn comes; the last one has the result.</summary>
    public async IAsyncEnumerable<ExecutionEvent> PrepareAsync(
        HttpContext context,
        string userId,
        IAsyncEnumerable<ExecutionEvent> events,
        bool includeData,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var next in events.WithCancellation(cancellationToken))
        {
            yield return next is ExecutionEvent.Finished finished
                ? finished with
                {
                    Data = await PrepareAsync(context, userId, next.ExecutionId, finished.Result, includeData, cancellationToken),
                }
                : next;
        }
    }

    private async Task<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> PrepareAsync(
        HttpContext? context,
        string userId,
        string executionId,
        ExecutionResult result,
        bool includeData,
        CancellationToken cancellationToken
    )
    {
        if (context is not null)
            await largeAnswers.AdmitAsync(context, executionId, result, includeData ? ResultFiles.BytesOf(result) : 0);
        return includeData ? await resultFiles.LoadAsync(userId, result, cancellationToken) : ResultFiles.None;
    }
}
