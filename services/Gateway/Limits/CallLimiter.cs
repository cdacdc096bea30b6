using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Limits;

/// <summary>Limits the calls of API keys and of users, at all replicas together.</summary>
internal sealed class CallLimiter
{
    // Reports leave out owners that have made no calls for so many of them. Each replica reads several reports in this time.
    private const int ReportsWithoutCalls = 30;

    private readonly CallBuckets? _keys;
    private readonly CallBuckets? _users;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Counter> _counters = [];
    private bool _hasNewCalls;

    public CallLimiter(IOptions<LimitOptions> options, TimeProvider timeProvider)
    {
        _keys = Create("key", options.Value.CallsPerMinutePerKey);
        _users = Create("user", options.Value.CallsPerMinutePerUser);

        CallBuckets? Create(string policy, int? perMinute) =>
            perMinute is > 0 ? new CallBuckets(policy, perMinute.Value, timeProvider) : null;
    }

    /// <summary>Whether there were calls since <see cref="TakeCounts"/>.</summary>
    public bool HasNewCalls
    {
        get
        {
            lock (_lock)
                return _hasNewCalls;
        }
    }

    /// <summary>Counts a call of the caller; null if there is no limit.</summary>
    public Quota? TakeForKey(string callerId) => Take(_keys, UsageOwner.Caller(callerId));

    /// <summary>Counts a call for the user; null if there is no limit.</summary>
    public Quota? TakeForUser(string userId) => Take(_users, UsageOwner.User(userId));

    /// <summary>Counts calls that other replicas have accepted.</summary>
    public void Spend(string owner, long calls, int otherReplicas) =>
        (owner.StartsWith(UsageOwner.User(""), StringComparison.Ordinal) ? _users : _keys)?.Spend(owner, calls, otherReplicas);

    /// <summary>Accepted calls of this replica by their owners, for the other replicas.</summary>
    public Dictionary<string, long> TakeCounts()
    {
        lock (_lock)
        {
            _hasNewCalls = false;
            foreach (var (owner, counter) in _counters)
            {
                counter.Reports++;
                if (counter.Reports > ReportsWithoutCalls)
                    _counters.Remove(owner);
            }

            return _counters.ToDictionary(counter => counter.Key, counter => counter.Value.Calls);
        }
    }

    private Quota? Take(CallBuckets? buckets, string owner)
    {
        var quota = buckets?.Take(owner);
        if (quota is { RetryAfter: null })
            Count(owner);
        return quota;
    }

    private void Count(string owner)
    {
        lock (_lock)
        {
            if (!_counters.TryGetValue(owner, out var counter))
            {
                if (_counters.Count >= UsageOwner.MaxCount)
                    return;
                _counters[owner] = counter = new Counter();
            }

            _hasNewCalls = true;
            (counter.Calls, counter.Reports) = (counter.Calls + 1, 0);
        }
    }

    private sealed class Counter
    {
        public long Calls;
        public int Reports;
    }
}
