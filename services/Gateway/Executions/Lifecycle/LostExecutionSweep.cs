using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Executions.Lifecycle;

/// <summary>Ends the executions of all users that are lost.</summary>
internal sealed class LostExecutionSweep(
    IExecutionStore store,
    LostExecutions lostExecutions,
    ExecutionFinisher finisher,
    TimeProvider timeProvider
)
{
    private const int PageSize = 500;

    private DateTimeOffset _settledUntil = DateTimeOffset.UnixEpoch;

    public async Task RunAsync(CancellationToken cancellationToken)
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
                if (lostExecutions.IsLost(execution))
                {
                    await finisher.GiveUpAsync(execution, cancellationToken);
                }
                else if (execution.AcceptedAt < settledUntil)
                {
                    settledUntil = execution.AcceptedAt;
                }
            }
        } while (unfinished.Count == PageSize);

        // All executions that were accepted before have finished; the next sweep starts there.
        _settledUntil = settledUntil;
    }
}
