using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Intake;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Queries;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Requests;
using CodeInterpreter.Gateway.Executions.Results;
using CodeInterpreter.Gateway.Executions.Watching;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>Everything that callers can do with executions. gRPC and HTTP use only this.</summary>
internal sealed class ExecutionService(
    ExecutionIntake intake,
    ResultWaiter waiter,
    EventFollower follower,
    ExecutionReader reader,
    ExecutionQueries queries,
    ExecutionCancellation cancellation,
    ExecutionDeletion deletion,
    InputSender inputs,
    ResultDelivery delivery,
    IHostApplicationLifetime lifetime
)
{
    /// <summary>Accepts an execution and waits for its result. If the caller disconnects, the execution is cancelled.</summary>
    /// <remarks>The request, which may be large, is not held while the execution runs.</remarks>
    public Task<DeliveredResult> ExecuteAsync(ExecutionRequest request, WaitingCaller caller, CancellationToken cancellationToken) =>
        DeliverAsync(intake.AcceptAsync(request, ExecutionMode.Plain, cancellationToken), request.IncludeData, caller, cancellationToken);

    /// <summary>Accepts an execution without waiting for it.</summary>
    public async Task<ExecutionRecord> SubmitAsync(ExecutionRequest request, ExecutionMode mode, CancellationToken cancellationToken)
    {
        if (request.IncludeData)
        {
            throw GatewayException.Invalid("include_data", "belongs to the call that gets the result.");
        }

        using var accepted = await intake.AcceptAsync(request, mode, cancellationToken);
        return accepted.Execution;
    }

    /// <summary>Accepts an execution and sends its events. It goes on when its caller disconnects.</summary>
    public async Task<IAsyncEnumerable<ExecutionEvent>> StreamAsync(
        ExecutionRequest request,
        HttpContext context,
        CancellationToken cancellationToken
    ) => (await StreamAsync(request, ExecutionMode.Live, context, cancellationToken)).Events;

    /// <summary>Accepts an execution that reads input while it runs, and sends its events.</summary>
    public Task<(ExecutionRecord Execution, IAsyncEnumerable<ExecutionEvent> Events)> StreamInteractiveAsync(
        ExecutionRequest request,
        HttpContext context,
        CancellationToken cancellationToken
    ) => StreamAsync(request, ExecutionMode.Interactive, context, cancellationToken);

    /// <summary>Sends the events of an execution of that user after the number <paramref name="after"/>.</summary>
    public async Task<IAsyncEnumerable<ExecutionEvent>> FollowAsync(
        string userId,
        string executionId,
        long after,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var events = await follower.FollowAsync(userId, executionId, after, cancellationToken);
        return delivery.PrepareAsync(context, userId, events, includeData: false, cancellationToken);
    }

    /// <summary>Returns an execution of that user.</summary>
    public Task<ExecutionRecord> GetAsync(string userId, string executionId, CancellationToken cancellationToken) =>
        reader.GetAsync(userId, executionId, cancellationToken);

    /// <summary>Returns an execution of that user, ready to be sent.</summary>
    public async Task<DeliveredExecution> GetAsync(
        string userId,
        string executionId,
        bool includeData,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        await delivery.PrepareAsync(context, await reader.GetAsync(userId, executionId, cancellationToken), includeData, cancellationToken);

    /// <summary>Waits until an execution of that user has finished, or that time has passed; returns it ready to be sent.</summary>
    public async Task<DeliveredExecution> WaitAsync(
        string userId,
        string executionId,
        double timeoutSeconds,
        bool includeData,
        HttpContext? context,
        CancellationToken cancellationToken
    ) =>
        await delivery.PrepareAsync(
            context,
            await waiter.WaitAsync(userId, executionId, timeoutSeconds, cancellationToken),
            includeData,
            cancellationToken
        );

    /// <inheritdoc cref="ExecutionQueries.ListAsync"/>
    public Task<(IReadOnlyList<ExecutionRecord> Executions, string NextPageToken)> ListAsync(
        string userId,
        int pageSize,
        string pageToken,
        CancellationToken cancellationToken
    ) => queries.ListAsync(userId, pageSize, pageToken, cancellationToken);

    /// <inheritdoc cref="ExecutionQueries.MeasureAsync"/>
    public Task<(ExecutionUsage Usage, long MaxBytes)> MeasureAsync(string userId, CancellationToken cancellationToken) =>
        queries.MeasureAsync(userId, cancellationToken);

    /// <inheritdoc cref="ExecutionCancellation.CancelAsync"/>
    public Task CancelAsync(string userId, string executionId, CancellationToken cancellationToken) =>
        cancellation.CancelAsync(userId, executionId, cancellationToken);

    /// <inheritdoc cref="ExecutionCancellation.AbandonAsync"/>
    public Task AbandonAsync(ExecutionRecord execution) => cancellation.AbandonAsync(execution);

    /// <inheritdoc cref="ExecutionDeletion.DeleteAsync"/>
    public Task DeleteAsync(string userId, string executionId, CancellationToken cancellationToken) =>
        deletion.DeleteAsync(userId, executionId, cancellationToken);

    /// <inheritdoc cref="ExecutionDeletion.CancelAllAsync"/>
    public Task CancelAllAsync(string userId, DateTimeOffset end, CancellationToken cancellationToken) =>
        deletion.CancelAllAsync(userId, end, cancellationToken);

    /// <inheritdoc cref="ExecutionDeletion.DeleteAllAsync"/>
    public Task<(long Deleted, string? Unfinished)> DeleteAllAsync(string userId, CancellationToken cancellationToken) =>
        deletion.DeleteAllAsync(userId, cancellationToken);

    /// <summary>
    /// Sends text to the standard input of a running interactive execution, and its end if <paramref name="end"/> is true.
    /// </summary>
    public Task SendInputAsync(string userId, string executionId, string text, bool end, CancellationToken cancellationToken) =>
        inputs.SendAsync(userId, executionId, text, end, cancellationToken);

    /// <summary>The same, for a caller that knows the input address of the execution.</summary>
    public Task SendInputAsync(
        Uri address,
        string userId,
        string executionId,
        string text,
        bool end,
        CancellationToken cancellationToken
    ) => inputs.SendAsync(address, userId, executionId, text, end, cancellationToken);

    private async Task<DeliveredResult> DeliverAsync(
        Task<WatchedExecution> accepting,
        bool includeData,
        WaitingCaller caller,
        CancellationToken cancellationToken
    )
    {
        var finished = await WaitAsync(accepting, caller, cancellationToken);
        return (await delivery.PrepareAsync(caller.Context, finished, includeData, cancellationToken)).Result!;
    }

    private async Task<ExecutionRecord> WaitAsync(
        Task<WatchedExecution> accepting,
        WaitingCaller caller,
        CancellationToken cancellationToken
    )
    {
        using var accepted = await accepting;
        try
        {
            await caller.Accepted(accepted.Execution.ExecutionId);
            return await waiter.WaitToDeadlineAsync(accepted, cancellationToken);
        }
        // A gateway that stops ends its calls as well, but their executions go on, and callers get the results from another replica.
        catch (OperationCanceledException)
            when (cancellationToken.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            accepted.Dispose();
            if (!caller.HasRunOutOfTime())
                await cancellation.AbandonAsync(accepted.Execution);
            throw;
        }
    }

    private async Task<(ExecutionRecord Execution, IAsyncEnumerable<ExecutionEvent> Events)> StreamAsync(
        ExecutionRequest request,
        ExecutionMode mode,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var accepted = await intake.AcceptAsync(request, mode, cancellationToken);
        var events = follower.FollowAsync(accepted, after: 0, cancellationToken);
        return (
            accepted.Execution,
            delivery.PrepareAsync(context, accepted.Execution.UserId, events, request.IncludeData, cancellationToken)
        );
    }
}
