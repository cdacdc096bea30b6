using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Requests;
using CodeInterpreter.Gateway.Executions.Watching;

namespace CodeInterpreter.Gateway.Executions.Intake;

/// <summary>
/// Takes a request from its arrival until the bus has its command: validated, stored, limited, with its files, published.
/// </summary>
internal sealed class ExecutionIntake(
    ExecutionRequestValidator validator,
    ExecutionFactory factory,
    IExecutionStore store,
    OngoingIntakes ongoingIntakes,
    RepeatedRequests repeatedRequests,
    IntakeLimits limits,
    InputFiles inputFiles,
    CommandPublisher publisher,
    Subscriptions subscriptions,
    ExecutionInstruments instruments
)
{
    /// <summary>
    /// Accepts an execution, once for each idempotency key. The returned object is subscribed to it from before a runner can receive it, so
    /// that no result is missed; disposing it ends the subscription.
    /// </summary>
    /// <exception cref="GatewayException">The request is refused, or something that the gateway needs is unavailable.</exception>
    public async Task<WatchedExecution> AcceptAsync(ExecutionRequest request, ExecutionMode mode, CancellationToken cancellationToken)
    {
        try
        {
            return await AcceptValidAsync(request, mode, cancellationToken);
        }
        catch (GatewayException exception)
        {
            instruments.Refused(exception.Kind);
            throw;
        }
    }

    private async Task<WatchedExecution> AcceptValidAsync(ExecutionRequest request, ExecutionMode mode, CancellationToken cancellationToken)
    {
        var violations = validator.Validate(request);
        if (violations.Count > 0)
        {
            throw GatewayException.Invalid([.. violations.Take(RequestLimits.ReportedViolations)]);
        }

        while (true)
        {
            var (command, execution) = factory.Create(request, mode);
            using var intake = ongoingIntakes.Begin(execution);
            if (await store.AddAsync(execution, cancellationToken) is var known && known.ExecutionId == execution.ExecutionId)
            {
                return await PublishAsync(command, execution, request, intake, cancellationToken);
            }

            if (await repeatedRequests.TryWatchAsync(known, execution, cancellationToken) is { } repeated)
                return repeated;
        }
    }

    private async Task<WatchedExecution> PublishAsync(
        ExecuteCode command,
        ExecutionRecord execution,
        ExecutionRequest request,
        OngoingIntakes.Intake intake,
        CancellationToken cancellationToken
    )
    {
        var watched = new WatchedExecution(execution, subscriptions.Add(execution.ExecutionId, withEvents: execution.Live));
        var files = InputFiles.Prepared.None;
        var isPublishing = false;
        try
        {
            // Only now: a repeated request does not count.
            await limits.CountAsync(execution, cancellationToken);
            files = await inputFiles.PrepareAsync(execution.ExecutionId, request, cancellationToken);
            isPublishing = true;
            await publisher.PublishAsync(command with { InputFiles = files.All }, execution, cancellationToken);
            return watched;
        }
        // A repeated request gets this execution, so that the code does not run twice. Without a runner, the queue timeout ends it.
        catch (GatewayException exception) when (exception.MayRun && execution.IdempotencyKey is not null)
        {
            watched.Dispose();
            throw new GatewayException(
                GatewayErrorKind.Unavailable,
                "The message bus has not confirmed the execution, which may run. "
                    + "Repeat the request with the same idempotency_key to get its result.",
                exception
            )
            {
                ExecutionId = execution.ExecutionId,
            };
        }
        catch (Exception exception)
        {
            watched.Dispose();
            limits.Release(execution);
            // The bus may have a command that it has not confirmed.
            isPublishing &= exception is OperationCanceledException or GatewayException { Kind: GatewayErrorKind.Unavailable };
            await publisher.WithdrawAsync(execution, isPublishing, callerWaits: exception is not OperationCanceledException);
            await inputFiles.RemoveAsync(execution.UserId, files);
            if (exception is GatewayException refusal)
                intake.Refuse(refusal);
            throw;
        }
    }
}
