using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Executions.Lifecycle;

/// <summary>
/// Tells which executions are lost: the bus lost them with its process, or a gateway stopped after it had stored one and before it
/// published it. Results wait on the bus while the database or all gateways are unavailable, so for a minute after that no execution counts
/// as lost.
/// </summary>
internal sealed class LostExecutions(TimeProvider timeProvider)
{
    private static readonly TimeSpan LateResults = TimeSpan.FromMinutes(1);

    private long _judgesFrom = (timeProvider.GetUtcNow() + LateResults).UtcTicks;

    /// <summary>The time up to which executions are judged, now; null while none is.</summary>
    public DateTimeOffset? JudgedAt => timeProvider.GetUtcNow() is var now && Volatile.Read(ref _judgesFrom) <= now.UtcTicks ? now : null;

    /// <summary>Whether the execution has no result, and none can arrive any more.</summary>
    public bool IsLost(ExecutionRecord execution) => execution.Status != ExecutionStatus.Finished && execution.LostAt <= JudgedAt;

    /// <summary>Notes that the database was unavailable.</summary>
    public void NoteOutage() => Volatile.Write(ref _judgesFrom, (timeProvider.GetUtcNow() + LateResults).UtcTicks);
}
