using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions.Deferred;

/// <summary>
/// Decides which deferred execution goes to the runners next. Each user has a line of executions; the first is offered when a runner
/// reports a free slot for that user. Any runner may receive it; one without a free slot defers it once more, and it is the first again.
/// The caller has to release what the methods return. Not thread-safe.
/// </summary>
internal sealed class DeferredLines
{
    /// <summary>How often an execution is offered for the same slot, as another runner may receive it.</summary>
    public const int Tries = 3;

    /// <summary>Time after which an unanswered offer counts as accepted: the runner may be lost.</summary>
    public static readonly TimeSpan OfferTimeout = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, UserLine> _lines = [];
    private readonly Dictionary<string, string> _offeredTo = [];

    // The user whose last offer is the oldest is the first.
    private readonly List<string> _turns = [];

    /// <summary>Users with deferred executions; their new ones have to wait behind those.</summary>
    public IReadOnlyCollection<string> UserIds => _lines.Keys;

    /// <summary>Number of deferred executions.</summary>
    public int Count => _lines.Values.Sum(line => line.Count);

    /// <summary>Adds an execution. If it was offered and came back, it may be offered once more, and is returned.</summary>
    public DeferredExecution? Keep(DeferredExecution execution, DateTimeOffset now)
    {
        if (!_lines.TryGetValue(execution.UserId, out var line))
        {
            _lines[execution.UserId] = line = new UserLine();
            _turns.Add(execution.UserId);
        }

        line.Add(execution);
        if (line.Offered is not { } offer || offer.ExecutionId != execution.ExecutionId)
            return null;

        EndOffer(line);
        return offer.Tries < Tries ? Offer(execution.UserId, line, offer.RunnerId, offer.Tries + 1, now) : null;
    }

    /// <summary>Takes out executions for the free slots that a runner reports, and notes which offers it accepted.</summary>
    public IReadOnlyList<DeferredExecution> Take(RoomForDeferred room, DateTimeOffset now)
    {
        foreach (var executionId in room.TakenExecutionIds)
            Taken(executionId);

        var offered = new List<DeferredExecution>();
        var left = room.Count - _lines.Values.Count(line => line.Offered?.RunnerId == room.RunnerId);
        foreach (var userId in _turns.Intersect(room.UserIds).Where(userId => _lines[userId].IsReady).Take(Math.Max(0, left)).ToList())
        {
            offered.Add(Offer(userId, _lines[userId], room.RunnerId, tries: 1, now));
        }

        return offered;
    }

    /// <summary>Takes out a cancelled execution, which a runner then ends.</summary>
    public IReadOnlyList<DeferredExecution> Take(CancelExecution cancelled) =>
        _lines.TryGetValue(cancelled.UserId, out var line)
            ? TakeAll(cancelled.UserId, line, execution => execution.ExecutionId == cancelled.ExecutionId)
            : [];

    /// <summary>Takes out overdue executions, which a runner then ends, and ends unanswered offers.</summary>
    public IReadOnlyList<DeferredExecution> TakeOverdue(DateTimeOffset now)
    {
        foreach (var line in _lines.Values.Where(line => line.Offered is { } offer && now - offer.At > OfferTimeout))
            EndOffer(line);
        return [.. _lines.ToList().SelectMany(line => TakeAll(line.Key, line.Value, execution => execution.StartBy <= now))];
    }

    /// <summary>Forgets all executions, when the bus has taken them back.</summary>
    public void Clear()
    {
        _lines.Clear();
        _offeredTo.Clear();
        _turns.Clear();
    }

    private DeferredExecution Offer(string userId, UserLine line, string runnerId, int tries, DateTimeOffset now)
    {
        var execution = line.Take();
        line.Offered = new UserLine.Offer(execution.ExecutionId, runnerId, tries, now);
        _offeredTo[execution.ExecutionId] = userId;
        _turns.Remove(userId);
        _turns.Add(userId);
        return execution;
    }

    private void Taken(string executionId)
    {
        if (!_offeredTo.TryGetValue(executionId, out var userId))
            return;
        EndOffer(_lines[userId]);
        ForgetIfEmpty(userId, _lines[userId]);
    }

    private List<DeferredExecution> TakeAll(string userId, UserLine line, Func<DeferredExecution, bool> condition)
    {
        var taken = line.TakeAll(condition);
        ForgetIfEmpty(userId, line);
        return taken;
    }

    private void EndOffer(UserLine line)
    {
        _offeredTo.Remove(line.Offered!.ExecutionId);
        line.Offered = null;
    }

    private void ForgetIfEmpty(string userId, UserLine line)
    {
        if (!line.IsEmpty)
            return;
        _lines.Remove(userId);
        _turns.Remove(userId);
    }
}
