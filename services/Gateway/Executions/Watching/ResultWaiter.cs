using System.Globalization;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Executions.Watching;

/// <summary>
/// Waits for results. A result arrives at the replica that accepted the execution; the others find it in the database, which is polled.
/// </summary>
internal sealed partial class ResultWaiter(
    ExecutionReader reader,
    Subscriptions subscriptions,
    ExecutionInstruments instruments,
    TimeProvider timeProvider,
    ILogger<ResultWaiter> logger
)
{
    /// <summary>The longest that a caller may wait in one call.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(300);

    // The replica that accepted the execution gets the result directly, so the database is only asked in case that message was lost.
    private static readonly TimeSpan AcceptedHere = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AcceptedAnywhere = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits until an execution that this replica accepted has finished.</summary>
    /// <exception cref="GatewayException">
    /// It has not finished at its deadline; or it was another replica's and was withdrawn there.
    /// </exception>
    public async Task<ExecutionRecord> WaitToDeadlineAsync(WatchedExecution accepted, CancellationToken cancellationToken)
    {
        var deadline = accepted.Execution.Deadline;
        var execution = await WaitAsync(accepted, deadline, AcceptedHere, known => PollAsync(known, cancellationToken), cancellationToken);
        if (execution.Result is { } result)
        {
            instruments.Answered(result.Outcome, timeProvider.GetUtcNow() - execution.AcceptedAt);
            return execution;
        }

        Unfinished(execution.ExecutionId);
        var waited = (deadline - execution.AcceptedAt).TotalSeconds.ToString(CultureInfo.InvariantCulture);
        throw new GatewayException(
            GatewayErrorKind.ExecutionUnfinished,
            $"Execution {execution.ExecutionId} has not finished after {waited} s; get its result later."
        )
        {
            ExecutionId = execution.ExecutionId,
        };
    }

    /// <summary>Waits until an execution of that user has finished, or that time has passed.</summary>
    /// <exception cref="GatewayException">The time is not valid, or there is no such execution.</exception>
    public async Task<ExecutionRecord> WaitAsync(
        string userId,
        string executionId,
        double timeoutSeconds,
        CancellationToken cancellationToken
    )
    {
        // Written so that NaN is refused, too.
        if (!(timeoutSeconds > 0 && timeoutSeconds <= MaxWait.TotalSeconds))
        {
            throw GatewayException.Invalid("wait_seconds", $"must be more than 0 and at most {MaxWait.TotalSeconds}.");
        }

        using var subscription = subscriptions.Add(executionId);
        var end = timeProvider.GetUtcNow() + TimeSpan.FromSeconds(timeoutSeconds);
        var execution = await reader.GetAsync(userId, executionId, cancellationToken);
        return await WaitAsync(
            new WatchedExecution(execution, subscription),
            end,
            AcceptedAnywhere,
            _ => reader.GetAsync(userId, executionId, cancellationToken),
            cancellationToken
        );
    }

    /// <summary>The one loop in which callers wait for a result.</summary>
    private async Task<ExecutionRecord> WaitAsync(
        WatchedExecution watched,
        DateTimeOffset end,
        TimeSpan leastInterval,
        Func<ExecutionRecord, Task<ExecutionRecord>> poll,
        CancellationToken cancellationToken
    )
    {
        var (execution, subscription) = watched;
        while (execution.Status != ExecutionStatus.Finished && end - timeProvider.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            var interval = subscriptions.PollInterval(leastInterval);
            await subscription.WaitAsync(left < interval ? left : interval, timeProvider, cancellationToken);
            // When a result arrives so late that the execution may count as lost, the stored one is valid.
            execution =
                subscription.Finished.IsCompletedSuccessfully && timeProvider.GetUtcNow() < execution.LostAt
                    ? execution.Finish(await subscription.Finished)
                    : await poll(execution);
        }

        return execution;
    }

    private async Task<ExecutionRecord> PollAsync(ExecutionRecord execution, CancellationToken cancellationToken)
    {
        ExecutionRecord? current;
        try
        {
            current = await reader.FindAsync(execution.UserId, execution.ExecutionId, cancellationToken);
        }
        // The result may still arrive directly.
        catch (GatewayException exception) when (exception.Kind == GatewayErrorKind.Unavailable)
        {
            return execution;
        }

        return current
            ?? throw new GatewayException(GatewayErrorKind.Unavailable, "Another gateway had the same request and could not accept it.");
    }

    [LoggerMessage(36, LogLevel.Warning, "The execution {ExecutionId} has not finished at its deadline")]
    private partial void Unfinished(string executionId);
}
