using System.Collections.Concurrent;
using CodeInterpreter.Gateway.Limits;
using CodeInterpreter.Gateway.Limits.Sharing;

namespace CodeInterpreter.Gateway.Executions.Lifecycle;

/// <summary>
/// The executions that this replica accepted and that have not ended, counted for each user and each API key. An execution without a result
/// counts until its deadline.
/// </summary>
internal sealed class ActiveExecutions(TimeProvider timeProvider) : IActiveCounts
{
    private readonly ConcurrentDictionary<string, Entry> _pending = new();
    private readonly ConcurrentDictionary<Owner, int> _counts = new();
    private readonly ConcurrentQueue<string> _oldest = new();
    private readonly Lock _dropping = new();

    /// <summary>Whose executions are counted.</summary>
    internal enum Counted
    {
        User,
        Key,
    }

    /// <inheritdoc />
    public IEnumerable<KeyValuePair<string, long>> Counts
    {
        get
        {
            DropOverdue();
            return _counts.Select(count => KeyValuePair.Create(count.Key.Name, (long)count.Value));
        }
    }

    public int CountOf(string userId) => CountOf(new Owner(Counted.User, userId));

    /// <summary>How many executions the owner has at this replica.</summary>
    public int CountOf(Owner owner)
    {
        DropOverdue();
        return _counts.GetValueOrDefault(owner);
    }

    /// <summary>Adds an execution; returns the limit that refuses it, or null.</summary>
    public Limit? TryAdd(string executionId, DateTimeOffset deadline, params IReadOnlyList<Limit> limits)
    {
        DropOverdue();
        if (!_pending.TryAdd(executionId, new Entry([.. limits.Select(limit => limit.Owner)], deadline)))
        {
            return null;
        }

        _oldest.Enqueue(executionId);
        // Counted first and compared then, so simultaneous requests cannot exceed the limit together.
        var counts = limits.Select(limit => (Limit: limit, Count: _counts.AddOrUpdate(limit.Owner, 1, (_, count) => count + 1))).ToList();
        var exceeded = counts.Find(counted => counted.Limit.Most > 0 && counted.Count > counted.Limit.Most).Limit;
        if (exceeded is not null)
        {
            Remove(executionId);
        }

        return exceeded;
    }

    /// <summary>Notes that a runner has started the execution.</summary>
    public void MarkStarted(string executionId)
    {
        if (_pending.TryGetValue(executionId, out var entry))
            entry.IsStarted = true;
    }

    /// <summary>Whether the execution is active and, as far as this replica knows, not started.</summary>
    public bool IsWaiting(string executionId) => _pending.TryGetValue(executionId, out var entry) && !entry.IsStarted;

    /// <summary>Whether the execution is active and, as far as this replica knows, started.</summary>
    public bool IsStarted(string executionId) => _pending.TryGetValue(executionId, out var entry) && entry.IsStarted;

    public void Remove(string executionId)
    {
        if (!_pending.TryRemove(executionId, out var entry))
        {
            return;
        }

        foreach (var owner in entry.Owners)
        {
            if (_counts.AddOrUpdate(owner, 0, (_, count) => count - 1) == 0)
            {
                _counts.TryRemove(KeyValuePair.Create(owner, 0));
            }
        }
    }

    // In the order of acceptance, which is almost that of the deadlines. Locked: of two threads that peek at the same entry, the second
    // would
    // remove the one after it.
    private void DropOverdue()
    {
        var now = timeProvider.GetUtcNow();
        lock (_dropping)
        {
            while (_oldest.TryPeek(out var executionId) && (!_pending.TryGetValue(executionId, out var entry) || entry.Deadline <= now))
            {
                _oldest.TryDequeue(out _);
                Remove(executionId);
            }
        }
    }

    /// <param name="By">Whether a user or a key.</param>
    /// <param name="Id">Which one.</param>
    internal sealed record Owner(Counted By, string Id)
    {
        /// <summary>Its name for other replicas.</summary>
        public string Name => By == Counted.User ? UsageOwner.User(Id) : UsageOwner.Caller(Id);
    }

    /// <param name="Owner">Whose executions.</param>
    /// <param name="Most">The most active executions; 0 for no limit.</param>
    internal sealed record Limit(Owner Owner, int Most)
    {
        public static Limit OfUser(string userId, int? most) => new(new Owner(Counted.User, userId), most ?? 0);

        public static Limit OfKey(string callerId, int? most) => new(new Owner(Counted.Key, callerId), most ?? 0);
    }

    private sealed class Entry(IReadOnlyList<Owner> owners, DateTimeOffset deadline)
    {
        private volatile bool _isStarted;

        public IReadOnlyList<Owner> Owners => owners;

        public DateTimeOffset Deadline => deadline;

        public bool IsStarted
        {
            get => _isStarted;
            set => _isStarted = value;
        }
    }
}
