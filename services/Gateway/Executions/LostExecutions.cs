using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>
/// Ends executions that nobody can end any more: the bus lost them with its process, or a gateway ended between remembering one
/// and handing it over. Whoever looks for such an execution finds it finished; the sweep finds those nobody looks for.
/// </summary>
internal sealed partial class LostExecutions(
    FinishedExecutions finishedExecutions,
    IExecutionStore store,
    TimeProvider timeProvider,
    ILogger<LostExecutions> logger
)
{
    // Results wait on the bus while the database or all gateways are away; they are stored soon after that.
    private static readonly TimeSpan LateNews = TimeSpan.FromMinutes(1);

    private const int PageSize = 500;

    private long _judgesFrom = (timeProvider.GetUtcNow() + LateNews).UtcTicks;
    private DateTimeOffset _settledUntil = DateTimeOffset.UnixEpoch;

    /// <summary>The execution as its caller knows it; null when it is unknown or another user's.</summary>
    public async Task<ExecutionRecord?> FindAsync(string userId, string executionId, CancellationToken cancellationToken)
    {
        try
        {
            var execution = await finishedExecutions.FindAsync(userId, executionId, cancellationToken);
            return execution is not null && IsLost(execution) ? await EndAsync(execution, cancellationToken) : execution;
        }
        catch (GatewayException exception) when (exception.Kind == GatewayErrorKind.Unavailable)
        {
            Volatile.Write(ref _judgesFrom, (timeProvider.GetUtcNow() + LateNews).UtcTicks);
            throw;
        }
    }

    /// <summary>Ends all of them.</summary>
    public async Task EndAllAsync(CancellationToken cancellationToken)
    {
        var before = timeProvider.GetUtcNow() - ExecutionRecord.HarvestTime;
        var settledUntil = before;
        var after = new ExecutionPosition(_settledUntil, "");
        IReadOnlyList<ExecutionRecord> unfinished;
        do
        {
            unfinished = await store.ListUnfinishedAsync(after, before, PageSize, cancellationToken);
            foreach (var execution in unfinished)
            {
                after = new ExecutionPosition(execution.AcceptedAt, execution.ExecutionId);
                if (IsLost(execution))
                {
                    await EndAsync(execution, cancellationToken);
                }
                else if (execution.AcceptedAt < settledUntil)
                {
                    settledUntil = execution.AcceptedAt;
                }
            }
        } while (unfinished.Count == PageSize);

        // What was accepted before has finished, and is not looked at again.
        _settledUntil = settledUntil;
    }

    private bool IsLost(ExecutionRecord execution)
    {
        var now = timeProvider.GetUtcNow();
        return execution.Status != ExecutionStatus.Finished && execution.LostAt <= now && Volatile.Read(ref _judgesFrom) <= now.UtcTicks;
    }

    /// <summary>Returns what is stored then: the result may have come at the same moment, and the first counts.</summary>
    private async Task<ExecutionRecord?> EndAsync(ExecutionRecord execution, CancellationToken cancellationToken)
    {
        Lost(execution.ExecutionId);
        await store.MarkFinishedAsync(
            new ExecutionFinished
            {
                ExecutionId = execution.ExecutionId,
                UserId = execution.UserId,
                RunnerId = "",
                FinishedAt = timeProvider.GetUtcNow(),
                Result = new ExecutionResult
                {
                    Outcome = Outcome.RunnerLost,
                    KilledBy = KilledBy.Runner,
                    Message = "The execution has not ended long after its deadline, so it was lost; it is not tried again.",
                },
            },
            cancellationToken
        );
        return await store.FindAsync(execution.UserId, execution.ExecutionId, cancellationToken);
    }

    [LoggerMessage(6, LogLevel.Warning, "The execution {ExecutionId} has not ended long after its deadline and is given up")]
    private partial void Lost(string executionId);
}
