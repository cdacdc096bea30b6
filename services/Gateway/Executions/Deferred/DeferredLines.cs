using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions.Deferred;

/// <summary>
/// Whose deferred execution goes to the runners next. Each user has a line, and the first in it is offered when a runner has told that it
/// has room for that user. Any runner may get it; one that has no room defers it once more, and it is the first again. Whatever is
/// returned here is no longer kept, and has to be released. Not for several threads.
/// </summary>
internal sealed class DeferredLines
{
    /// <summary>How often an execution is offered for the same room, as it may come to the wrong runner.</summary>
    public const int Tries = 3;

    /// <summary>When an offer is taken for accepted of which nothing is heard: the runner may have been lost with it.</summary>
    public static readonly TimeSpan OfferPatience = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, UserLine> _lines = [];
    private readonly Dictionary<string, string> _offeredTo = [];

    // Who was offered something longest ago is the first who is.
    private readonly List<string> _turns = [];

    /// <summary>Users whose new executions have to go behind others.</summary>
    public IReadOnlyCollection<string> UserIds => _lines.Keys;

    /// <summary>How many are kept.</summary>
    public int Count => _lines.Values.Sum(line => line.Count);

    /// <summary>Keeps an execution. When it is one that was offered it may be offered once more, and is returned.</summary>
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

    /// <summary>A runner tells what it has taken and for whom it has room.</summary>
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

    /// <summary>Takes out what has been cancelled: a runner answers it.</summary>
    public IReadOnlyList<DeferredExecution> Take(CancelExecution cancelled) =>
        _lines.TryGetValue(cancelled.UserId, out var line)
            ? TakeAll(cancelled.UserId, line, execution => execution.ExecutionId == cancelled.ExecutionId)
            : [];

    /// <summary>Takes out what no runner may start any more, which is answered as well, and ends offers that nobody heard of.</summary>
    public IReadOnlyList<DeferredExecution> TakeOverdue(DateTimeOffset now)
    {
        foreach (var line in _lines.Values.Where(line => line.Offered is { } offer && now - offer.At > OfferPatience))
            EndOffer(line);
        return [.. _lines.ToList().SelectMany(line => TakeAll(line.Key, line.Value, execution => execution.StartBy <= now))];
    }

    /// <summary>Forgets everything: the bus has taken it back.</summary>
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
