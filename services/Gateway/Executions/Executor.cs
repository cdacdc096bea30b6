using System.Globalization;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Following;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>Runs code for callers who wait, who listen, or who come back: what gRPC and HTTP have in common.</summary>
internal sealed partial class Executor(
    Acceptance acceptance,
    ExecutionRegister register,
    ExecutionFollower follower,
    WaitingExecutions waitingExecutions,
    ExecutionInstruments instruments,
    IHostApplicationLifetime lifetime,
    TimeProvider timeProvider,
    ILogger<Executor> logger
)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    /// <summary>Accepts an execution and waits for its end. A caller who goes away abandons it.</summary>
    /// <remarks>The request, which may be large, is not held while the execution is waited for.</remarks>
    public Task<FinishedExecution> ExecuteAsync(ExecutionRequest request, WaitingCaller caller, CancellationToken cancellationToken) =>
        WaitAsync(acceptance.AcceptAsync(request, ExecutionMode.Plain, cancellationToken), request.IncludeData, caller, cancellationToken);

    private async Task<FinishedExecution> WaitAsync(
        Task<AttendedExecution> accepting,
        bool includeData,
        WaitingCaller caller,
        CancellationToken cancellationToken
    )
    {
        using var accepted = await accepting;
        try
        {
            await caller.Accepted(accepted.Execution.ExecutionId);
            var result = await WaitAsync(accepted, cancellationToken);
            instruments.Answered(result.Outcome, timeProvider.GetUtcNow() - accepted.Execution.AcceptedAt);
            return new FinishedExecution(accepted.Execution.ExecutionId, result, ResultFiles.None)
            {
                UserId = accepted.Execution.UserId,
                IncludeData = includeData,
            };
        }
        // A gateway that stops ends its calls, too; their executions go on, and another replica knows their results.
        catch (OperationCanceledException)
            when (cancellationToken.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            accepted.Dispose();
            if (!caller.HasRunOutOfTime())
                await AbandonAsync(accepted.Execution);
            throw;
        }
    }

    /// <summary>Accepts an execution that does not care whether its caller stays.</summary>
    public async Task<ExecutionRecord> SubmitAsync(ExecutionRequest request, ExecutionMode mode, CancellationToken cancellationToken)
    {
        if (request.IncludeData)
        {
            throw GatewayException.Invalid("include_data", "belongs to the call that asks for the result.");
        }

        using var accepted = await acceptance.AcceptAsync(request, mode, cancellationToken);
        return accepted.Execution;
    }

    /// <summary>Accepts an execution and tells what happens in it. It goes on when its caller has gone.</summary>
    public async Task<IAsyncEnumerable<ExecutionEvent>> StreamAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        var accepted = await acceptance.AcceptAsync(request, ExecutionMode.Live, cancellationToken);
        return follower.FollowAsync(accepted, after: 0, cancellationToken);
    }

    /// <summary>Accepts an execution that reads while it runs, and tells what happens in it.</summary>
    public async Task<(ExecutionRecord Execution, IAsyncEnumerable<ExecutionEvent> Events)> StreamInteractiveAsync(
        ExecutionRequest request,
        CancellationToken cancellationToken
    )
    {
        var accepted = await acceptance.AcceptAsync(request, ExecutionMode.Interactive, cancellationToken);
        return (accepted.Execution, follower.FollowAsync(accepted, after: 0, cancellationToken));
    }

    /// <summary>Tells what happens in an execution of that user, from behind an event on.</summary>
    public async Task<IAsyncEnumerable<ExecutionEvent>> FollowAsync(
        string userId,
        string executionId,
        long after,
        CancellationToken cancellationToken
    )
    {
        if (after < 0)
        {
            throw GatewayException.Invalid("after_sequence", "must not be negative.");
        }

        var execution = await register.GetAsync(userId, executionId, cancellationToken);
        return follower.FollowAsync(acceptance.Attend(execution), after, cancellationToken);
    }

    /// <summary>
    /// Cancels an execution whose caller has gone, unless others attend to it here or its caller may come back for it: that is what
    /// the idempotency key is for. Nobody is left to hear that this failed.
    /// </summary>
    public async Task AbandonAsync(ExecutionRecord execution)
    {
        if (execution.IdempotencyKey is not null || waitingExecutions.IsAwaited(execution.ExecutionId))
        {
            return;
        }

        try
        {
            await register.CancelAsync(execution.UserId, execution.ExecutionId, CancellationToken.None);
        }
        catch (GatewayException exception)
        {
            NotCancelled(execution.ExecutionId, exception);
        }
    }

    private async Task<ExecutionResult> WaitAsync(AttendedExecution accepted, CancellationToken cancellationToken)
    {
        var execution = accepted.Execution;
        while (execution.Deadline - timeProvider.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            try
            {
                var interval = waitingExecutions.LookInterval(LookInterval);
                return (
                    await accepted.Waiting.Finished.WaitAsync(left < interval ? left : interval, timeProvider, cancellationToken)
                ).Result;
            }
            catch (TimeoutException)
            {
                if (await FindResultAsync(execution, cancellationToken) is { } result)
                {
                    return result;
                }
            }
        }

        Unanswered(execution.ExecutionId);
        var waited = (execution.Deadline - execution.AcceptedAt).TotalSeconds.ToString(CultureInfo.InvariantCulture);
        throw new GatewayException(
            GatewayErrorKind.ExecutionUnfinished,
            $"Execution {execution.ExecutionId} has not finished after {waited} s; its result can be asked for later."
        )
        {
            ExecutionId = execution.ExecutionId,
        };
    }

    /// <summary>The result that another replica has heard of: it has accepted the execution, or has taken the stored copy.</summary>
    private async Task<ExecutionResult?> FindResultAsync(ExecutionRecord execution, CancellationToken cancellationToken)
    {
        try
        {
            return (await register.GetAsync(execution.UserId, execution.ExecutionId, cancellationToken)).Result;
        }
        // Without the database the answer may still come the short way.
        catch (GatewayException exception) when (exception.Kind == GatewayErrorKind.Unavailable)
        {
            return null;
        }
        catch (GatewayException exception) when (exception.Kind == GatewayErrorKind.NotFound)
        {
            throw new GatewayException(
                GatewayErrorKind.Unavailable,
                "Another gateway had the same request and could not take it.",
                exception
            );
        }
    }

    [LoggerMessage(2, LogLevel.Warning, "The execution {ExecutionId} has not finished at its deadline")]
    private partial void Unanswered(string executionId);

    [LoggerMessage(4, LogLevel.Warning, "The execution {ExecutionId} could not be cancelled after its caller had gone")]
    private partial void NotCancelled(string executionId, Exception exception);
}
