namespace CodeInterpreter.Runner.Executions.Sharing;

/// <summary>Whose executions wait in the deferred queue, as far as this runner knows.</summary>
internal sealed class UsersInLine(TimeProvider time)
{
    /// <summary>How long what gateways said is taken for true.</summary>
    public static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(6);

    /// <summary>How long a user whose execution was deferred here is in line without a gateway saying so.</summary>
    public static readonly TimeSpan ExpectedFor = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _expected = [];
    private HashSet<string> _told = [];
    private DateTimeOffset _toldUntil;

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

                return now < _toldUntil ? [.. _told.Union(_expected.Keys)] : [.. _expected.Keys];
            }
        }
    }

    public bool Contains(string userId)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            return (now < _toldUntil && _told.Contains(userId)) || (_expected.TryGetValue(userId, out var until) && now < until);
        }
    }

    /// <summary>A gateway says who is in line.</summary>
    public void Tell(IEnumerable<string> userIds)
    {
        lock (_lock)
        {
            _told = [.. userIds];
            _toldUntil = time.GetUtcNow() + KnownFor;
        }
    }

    /// <summary>An execution of the user is about to be deferred: those that come next go behind it.</summary>
    public void Expect(string userId)
    {
        lock (_lock)
            _expected[userId] = time.GetUtcNow() + ExpectedFor;
    }
}
