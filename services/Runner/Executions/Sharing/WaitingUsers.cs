namespace CodeInterpreter.Runner.Executions.Sharing;

/// <summary>The users with executions in the deferred queue, as far as this runner knows.</summary>
internal sealed class WaitingUsers(TimeProvider time)
{
    /// <summary>How long a report of the gateways is used.</summary>
    public static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(6);

    /// <summary>How long a user whose execution was deferred here counts as waiting without a report.</summary>
    public static readonly TimeSpan ExpectedFor = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _expected = [];
    private HashSet<string> _reported = [];
    private DateTimeOffset _reportedUntil;

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<string> All
    {
        get
        {
            lock (_lock)
            {
                var now = time.GetUtcNow();
                foreach (var (userId, until) in _expected.ToList())
                {
                    if (until <= now)
                        _expected.Remove(userId);
                }

                return now < _reportedUntil ? [.. _reported.Union(_expected.Keys)] : [.. _expected.Keys];
            }
        }
    }

    public bool Contains(string userId)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            return (now < _reportedUntil && _reported.Contains(userId)) || (_expected.TryGetValue(userId, out var until) && now < until);
        }
    }

    /// <summary>A gateway has reported the waiting users.</summary>
    public void Update(IEnumerable<string> userIds)
    {
        lock (_lock)
        {
            _reported = [.. userIds];
            _reportedUntil = time.GetUtcNow() + KnownFor;
        }
    }

    /// <summary>An execution of the user is about to be deferred: the next ones are queued behind it.</summary>
    public void Expect(string userId)
    {
        lock (_lock)
            _expected[userId] = time.GetUtcNow() + ExpectedFor;
    }
}
