using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions.Following;

/// <summary>How far one follower of an execution has come.</summary>
internal sealed class Follow(AttendedExecution attended, long after, DateTimeOffset now)
{
    private readonly EventOrder _order = new(Math.Max(after, EventSequence.Accepted));
    private DateTimeOffset? _lookedAt;
    private DateTimeOffset? _finishedAt;
    private DateTimeOffset _toldAt = now;
    private int? _ahead;

    public ExecutionRecord Execution { get; set; } = attended.Execution;

    /// <summary>The number of the last event that was told.</summary>
    public long LastTold => _order.Last;

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
        while (attended.Feed.TryRead(out var entry))
        {
            _order.Add(entry);
        }

        if (!Execution.Live && !HasStarted && Execution.StartedAt is { } startedAt)
        {
            // Not logged: nobody was expected to follow it.
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
            _toldAt = now;
            yield return ExecutionEvent.From(next);
        }
    }

    /// <summary>The last event, once nothing can come before it any more.</summary>
    public ExecutionEvent? End(DateTimeOffset now, TimeSpan grace)
    {
        // One that comes so late may have been given up elsewhere: then what is stored counts.
        if (attended.Waiting.Finished.IsCompletedSuccessfully && Execution.Status != ExecutionStatus.Finished && now < Execution.LostAt)
        {
            Execution = Execution.Finish(attended.Waiting.Finished.Result);
        }

        if (Execution is not { Status: ExecutionStatus.Finished, Result: { } result })
        {
            return null;
        }

        _finishedAt ??= now;
        var hasAll = !Execution.Live || Execution.LastSequence <= _order.Last + 1;
        // Who asks from behind the end on is told the end again, by its own number.
        var last = Execution.LastSequence > 0 ? Math.Max(Execution.LastSequence, _order.Last) : _order.Last + 1;
        return hasAll || now - _finishedAt >= grace ? new ExecutionEvent.Finished(Execution.ExecutionId, last, result) : null;
    }

    public bool IsTimeToLook(DateTimeOffset now, TimeSpan interval)
    {
        if (_lookedAt is { } last && now - last < interval)
        {
            return false;
        }

        _lookedAt = now;
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
        if (now - _toldAt < interval)
        {
            return false;
        }

        _toldAt = now;
        return true;
    }

    /// <summary>Completes when something has arrived here.</summary>
    public Task NewsAsync(CancellationToken cancellationToken) =>
        attended.Waiting.Finished.IsCompleted
            ? attended.Feed.WaitAsync(cancellationToken)
            : Task.WhenAny(attended.Feed.WaitAsync(cancellationToken), attended.Waiting.Finished);
}
