using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Executions.Watching;

/// <summary>How far one follower of an execution has come.</summary>
internal sealed class FollowerState(WatchedExecution watched, long after, DateTimeOffset now)
{
    private readonly EventOrder _order = new(Math.Max(after, EventSequence.Accepted));
    private DateTimeOffset? _polledAt;
    private DateTimeOffset? _finishedAt;
    private DateTimeOffset _sentAt = now;
    private int? _ahead;

    public ExecutionRecord Execution { get; set; } = watched.Execution;

    /// <summary>The number of the last event that was sent.</summary>
    public long LastSent => _order.Last;

    public bool HasStarted { get; private set; } = after > EventSequence.Accepted;

    public void Add(IReadOnlyList<LogEntry> entries)
    {
        foreach (var entry in entries)
        {
            _order.Add(entry);
        }
    }

    /// <summary>The events whose turn it is.</summary>
    public IEnumerable<ExecutionEvent> Ready(DateTimeOffset now)
    {
        while (watched.Subscription.TryRead(out var entry))
        {
            _order.Add(entry);
        }

        if (!Execution.Live && !HasStarted && Execution.StartedAt is { } startedAt)
        {
            // The start of an execution that was not meant to be followed is not logged.
            _order.Add(
                new LogEntry
                {
                    ExecutionId = Execution.ExecutionId,
                    UserId = Execution.UserId,
                    Sequence = EventSequence.Accepted + 1,
                    StartedAt = startedAt,
                }
            );
        }

        while (_order.Take() is { } next)
        {
            HasStarted = true;
            _sentAt = now;
            yield return ExecutionEvent.From(next);
        }
    }

    /// <summary>The last event, once no event can come before it.</summary>
    public ExecutionEvent? End(DateTimeOffset now, TimeSpan grace)
    {
        // When a result arrives so late that the execution may count as lost, the stored one is valid.
        var finished = watched.Subscription.Finished;
        if (finished.IsCompletedSuccessfully && Execution.Status != ExecutionStatus.Finished && now < Execution.LostAt)
        {
            Execution = Execution.Finish(finished.Result);
        }

        if (Execution is not { Status: ExecutionStatus.Finished, Result: { } result })
        {
            return null;
        }

        _finishedAt ??= now;
        var hasAll = !Execution.Live || Execution.LastSequence <= _order.Last + 1;
        // A follower that asks for events after the last one gets the last one again, with its own number.
        var last = Execution.LastSequence > 0 ? Math.Max(Execution.LastSequence, _order.Last) : _order.Last + 1;
        return hasAll || now - _finishedAt >= grace ? new ExecutionEvent.Finished(Execution.ExecutionId, last, result) : null;
    }

    public bool IsTimeToPoll(DateTimeOffset now, TimeSpan interval)
    {
        if (_polledAt is { } last && now - last < interval)
        {
            return false;
        }

        _polledAt = now;
        return true;
    }

    /// <summary>Whether the place in the queue has changed.</summary>
    public bool TakePlace(int ahead)
    {
        var changed = _ahead != ahead;
        _ahead = ahead;
        return changed;
    }

    public bool IsQuietFor(TimeSpan interval, DateTimeOffset now)
    {
        if (now - _sentAt < interval)
        {
            return false;
        }

        _sentAt = now;
        return true;
    }
}
