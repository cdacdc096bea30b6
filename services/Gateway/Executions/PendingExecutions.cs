using System.Collections.Concurrent;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>
/// How much each user has under way: what this replica has accepted and not heard the end of. What nobody answers counts
/// until its deadline.
/// </summary>
internal sealed class PendingExecutions(TimeProvider timeProvider)
{
    private readonly ConcurrentDictionary<string, Entry> _pending = new();
    private readonly ConcurrentDictionary<string, int> _perUser = new();
    private readonly ConcurrentQueue<string> _oldest = new();
    private readonly Lock _dropping = new();

    public int CountOf(string userId)
    {
        DropOverdue();
        return _perUser.GetValueOrDefault(userId);
    }

    /// <summary>False when the user would have more than <paramref name="limit"/> under way; 0 is no limit.</summary>
    public bool TryAdd(string executionId, string userId, DateTimeOffset deadline, int limit = 0)
    {
        DropOverdue();
        if (!_pending.TryAdd(executionId, new Entry(userId, deadline)))
        {
            return true;
        }

        _oldest.Enqueue(executionId);
        // Counted first, and asked then: of several that come at once no more than the limit get through.
        if (_perUser.AddOrUpdate(userId, 1, (_, count) => count + 1) <= limit || limit == 0)
        {
            return true;
        }

        Remove(executionId);
        return false;
    }

    public void Remove(string executionId)
    {
        if (_pending.TryRemove(executionId, out var entry)
            && _perUser.AddOrUpdate(entry.UserId, 0, (_, count) => count - 1) == 0)
        {
            _perUser.TryRemove(KeyValuePair.Create(entry.UserId, 0));
        }
    }

    // In the order of their acceptance, which is nearly that of their deadlines. One at a time: of two that look at the same
    // entry, the later would take the one behind it.
    private void DropOverdue()
    {
        var now = timeProvider.GetUtcNow();
        lock (_dropping)
        {
            while (_oldest.TryPeek(out var executionId)
                && (!_pending.TryGetValue(executionId, out var entry) || entry.Deadline <= now))
            {
                _oldest.TryDequeue(out _);
                Remove(executionId);
            }
        }
    }

    private sealed record Entry(string UserId, DateTimeOffset Deadline);
}
