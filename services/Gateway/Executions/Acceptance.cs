using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Access.Limits;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Following;
using CodeInterpreter.Gateway.Executions.InputFiles;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>Takes a request from its arrival until a runner can have it: checked, remembered, handed over.</summary>
internal sealed partial class Acceptance(
    ExecutionRequestValidator validator,
    InlineFileStorage inlineFiles,
    InputFileResolver inputFiles,
    Grants grants,
    IExecutionStore store,
    ResultBudget resultBudget,
    IExecutionQueue queue,
    LostExecutions lostExecutions,
    WaitingExecutions waitingExecutions,
    PendingExecutions pendingExecutions,
    QueueTimeouts queueTimeouts,
    AcceptancesUnderWay acceptancesUnderWay,
    LiveFeeds feeds,
    ExecutionInstruments instruments,
    ExecutionIds ids,
    IOptions<ExecutionOptions> options,
    IOptions<LimitOptions> limits,
    TimeProvider timeProvider,
    ILogger<Acceptance> logger
)
{
    /// <summary>
    /// Accepts an execution, once for each idempotency key. Until the returned object is disposed, its end is waited for: from
    /// before a runner can have it, so that no answer comes too early.
    /// </summary>
    public async Task<AttendedExecution> AcceptAsync(ExecutionRequest request, ExecutionMode mode, CancellationToken cancellationToken)
    {
        try
        {
            return await AcceptCheckedAsync(request, mode, cancellationToken);
        }
        catch (GatewayException exception)
        {
            instruments.Refused(exception.Kind);
            throw;
        }
    }

    private async Task<AttendedExecution> AcceptCheckedAsync(
        ExecutionRequest request,
        ExecutionMode mode,
        CancellationToken cancellationToken
    )
    {
        var violations = validator.Validate(request);
        if (violations.Count > 0)
        {
            throw GatewayException.Invalid([.. violations.Take(RequestLimits.ReportedViolations)]);
        }

        while (true)
        {
            var command = CreateCommand(request, mode);
            var execution = CreateRecord(command, request, mode);
            using var underWay = acceptancesUnderWay.Begin(execution);
            if (await store.AddAsync(execution, cancellationToken) is var known && known.ExecutionId == execution.ExecutionId)
            {
                return await AcceptAddedAsync(command, execution, request, underWay, cancellationToken);
            }

            if (await TryRepeatAsync(known, execution, cancellationToken) is { } repeated)
                return repeated;
        }
    }

    private async Task<AttendedExecution> AcceptAddedAsync(
        ExecuteCode command,
        ExecutionRecord execution,
        ExecutionRequest request,
        AcceptancesUnderWay.UnderWay underWay,
        CancellationToken cancellationToken
    )
    {
        var attended = Attend(execution);
        IReadOnlyList<InputFile> uploaded = [];
        var isOnItsWay = false;
        try
        {
            CountIn(execution, request.CallerId);
            await resultBudget.CheckAsync(execution, cancellationToken);
            // What is there is looked for first: nothing is stored for a request that is refused.
            var referenced = await inputFiles.ResolveAsync(request, cancellationToken);
            uploaded = await inlineFiles.StoreAsync(command.ExecutionId, request, cancellationToken);
            isOnItsWay = true;
            queueTimeouts.Watch(execution);
            await HandOverAsync(grants.AddTo(command with { InputFiles = [.. uploaded, .. referenced] }), cancellationToken);
            return attended;
        }
        catch (Exception exception)
        {
            attended.Dispose();
            pendingExecutions.Remove(execution.ExecutionId);
            // A bus that has not confirmed a command may have it all the same.
            isOnItsWay &= exception is OperationCanceledException or GatewayException { Kind: GatewayErrorKind.Unavailable };
            await WithdrawAsync(execution, isOnItsWay, isHeard: exception is not OperationCanceledException);
            await inlineFiles.RemoveAsync(execution.UserId, uploaded);
            if (exception is GatewayException refusal)
                underWay.Refuse(refusal);
            throw;
        }
    }

    /// <summary>Begins to wait for an execution and to listen to it.</summary>
    public AttendedExecution Attend(ExecutionRecord execution) =>
        new(execution, waitingExecutions.Add(execution.ExecutionId), feeds.Subscribe(execution.ExecutionId));

    // Not before it is clear that the request is none that has come before: asking for that again is always allowed.
    private void CountIn(ExecutionRecord execution, string callerId)
    {
        var ofUser = PendingExecutions.Limit.OfUser(execution.UserId, limits.Value.ExecutionsPerUser);
        var ofKey = PendingExecutions.Limit.OfKey(callerId, callerId.Length > 0 ? limits.Value.ExecutionsPerKey : 0);
        if (pendingExecutions.TryAdd(execution.ExecutionId, execution.Deadline, ofUser, ofKey) is { } limit)
        {
            throw new GatewayException(
                GatewayErrorKind.LimitReached,
                $"The {(limit == ofUser ? "user" : "key")} has {limit.Most} executions under way, and no more may be; try again later."
            );
        }
    }

    /// <summary>
    /// Its caller hears that it was not taken, or is gone: it must not look as if it still waited for a runner. Where it may be on its
    /// way to one all the same, it is cancelled; a caller who hears does not wait for that, as the bus may be away for longer.
    /// </summary>
    private async Task WithdrawAsync(ExecutionRecord execution, bool isOnItsWay, bool isHeard)
    {
        var cancelling = isOnItsWay ? CancelAsync(execution) : Task.CompletedTask;
        if (!isHeard)
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

    /// <summary>Attends to the execution that has the key already; null when it was withdrawn meanwhile, so that the key is free.</summary>
    private async Task<AttendedExecution?> TryRepeatAsync(
        ExecutionRecord known,
        ExecutionRecord repeated,
        CancellationToken cancellationToken
    )
    {
        if (known.RequestHash != repeated.RequestHash)
        {
            throw new GatewayException(GatewayErrorKind.KeyTaken, "This idempotency_key came with another request before; use a new one.")
            {
                ExecutionId = known.ExecutionId,
            };
        }

        await acceptancesUnderWay.WaitAsync(known.ExecutionId, cancellationToken);
        var attended = Attend(known);
        ExecutionRecord? current = null;
        try
        {
            // Only now: what finishes from here on is heard.
            current = await lostExecutions.FindAsync(known.UserId, known.ExecutionId, cancellationToken);
        }
        finally
        {
            if (current is null)
                attended.Dispose();
        }

        if (current is null)
            return null;

        Repeated(known.ExecutionId);
        known = current;
        if (known is { Status: ExecutionStatus.Finished, Result: { } result, FinishedAt: { } finishedAt })
        {
            attended.Waiting.TryComplete(
                new ExecutionFinished
                {
                    ExecutionId = known.ExecutionId,
                    UserId = known.UserId,
                    RunnerId = "",
                    Sequence = known.LastSequence,
                    FinishedAt = finishedAt,
                    Result = result,
                }
            );
        }

        return attended with
        {
            Execution = known,
        };
    }

    private async Task HandOverAsync(ExecuteCode command, CancellationToken cancellationToken)
    {
        using var scope = ExecutionScope(logger, command.ExecutionId);
        ExecutionInstruments.Identify(command.ExecutionId);
        await queue.EnqueueAsync(command, cancellationToken);
        Accepted(command.InputFiles.Count);
        instruments.Accepted();
    }

    private ExecuteCode CreateCommand(ExecutionRequest request, ExecutionMode mode)
    {
        var acceptedAt = timeProvider.GetUtcNow();
        var wallTimeSeconds = request.Limits.WallTimeSeconds ?? options.Value.DefaultWallTime.TotalSeconds;
        return new ExecuteCode
        {
            ExecutionId = ids.Next(),
            UserId = request.UserId,
            Code = request.Code ?? "",
            Language = request.Language.Length == 0 ? Languages.Python : request.Language,
            Stdin = request.Stdin,
            Args = [.. request.Args.OfType<string>()],
            Environment = request.Environment.ToDictionary(variable => variable.Key, variable => variable.Value ?? ""),
            Echo = request.Echo,
            MergeOutput = request.MergeOutput,
            Interactive = mode == ExecutionMode.Interactive,
            Live = mode != ExecutionMode.Plain,
            Profile = request.Profile.Length == 0 ? null : request.Profile,
            WallTimeSeconds = wallTimeSeconds,
            Limits = request.Limits.Within(options.Value),
            AcceptedAt = acceptedAt,
            StartBy = acceptedAt + options.Value.QueueTimeout,
            Deadline = acceptedAt + options.Value.QueueTimeout + TimeSpan.FromSeconds(wallTimeSeconds) + options.Value.TransferTimeout,
        };
    }

    private static ExecutionRecord CreateRecord(ExecuteCode command, ExecutionRequest request, ExecutionMode mode) =>
        new()
        {
            ExecutionId = command.ExecutionId,
            UserId = command.UserId,
            AcceptedAt = command.AcceptedAt,
            Deadline = command.Deadline,
            Live = command.Live,
            Bytes = ResultSize.Most(command.Limits.OutputBytes ?? 0, command.Live),
            IdempotencyKey = request.IdempotencyKey.Length == 0 ? null : request.IdempotencyKey,
            RequestHash = request.IdempotencyKey.Length == 0 ? null : RequestFingerprint.Of(request, mode),
        };

    private static readonly Func<ILogger, string, IDisposable?> ExecutionScope = LoggerMessage.DefineScope<string>(
        "execution {ExecutionId}"
    );

    [LoggerMessage(1, LogLevel.Debug, "Accepted with {InputFileCount} input files")]
    private partial void Accepted(int inputFileCount);

    [LoggerMessage(5, LogLevel.Warning, "The execution {ExecutionId}, which was not accepted, could not be withdrawn")]
    private partial void NotWithdrawn(string executionId, Exception exception);

    [LoggerMessage(3, LogLevel.Debug, "The request of {ExecutionId} came once more")]
    private partial void Repeated(string executionId);
}
