namespace CodeInterpreter.Runner.Executions.Sharing;

/// <summary>
/// Divides the slots of this runner between users. A user without an execution here gets any free slot. A user with executions gets more
/// only from the shared slots, in equal parts with the other users here; the other slots are reserved for users without an execution. So a
/// single user may have all shared slots, and as many new users as there are reserved slots always find one.
/// </summary>
/// <param name="slots">All slots.</param>
/// <param name="sharedPart">The part of them that is shared.</param>
internal sealed class FairShare(int slots, double sharedPart)
{
    private readonly int _shared = SharedOf(slots, sharedPart);
    private readonly int _kept = slots - SharedOf(slots, sharedPart);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _running = [];
    private int _free = slots;

    /// <summary>Takes a slot for the user, if that is fair.</summary>
    public bool TryTake(string userId)
    {
        lock (_lock)
        {
            var running = _running.GetValueOrDefault(userId);
            if (!IsFair(running, _running.Count, _free))
                return false;
            Add(userId, 1);
            return true;
        }
    }

    /// <summary>Takes a slot for what may not wait, whatever the user has.</summary>
    public void Take(string userId)
    {
        lock (_lock)
            Add(userId, 1);
    }

    /// <summary>Gives a slot back.</summary>
    public void Release(string userId)
    {
        lock (_lock)
            Add(userId, -1);
    }

    /// <summary>Those of the users who would get a slot now, and how many they would get together.</summary>
    public (IReadOnlyList<string> UserIds, int Count) CapacityFor(IReadOnlyCollection<string> userIds)
    {
        lock (_lock)
        {
            var (free, users, count) = (_free, _running.Count, 0);
            var running = userIds.ToDictionary(userId => userId, userId => _running.GetValueOrDefault(userId));
            List<string> welcome = [.. userIds.Where(IsFairFor)];
            // One for each user, until none gets another.
            for (var more = welcome; more.Count > 0; more = [.. more.Where(IsFairFor)])
            {
                foreach (var userId in more.Where(IsFairFor))
                {
                    if (running[userId]++ == 0)
                        users++;
                    free--;
                    count++;
                }
            }

            return (welcome, count);

            bool IsFairFor(string userId) => IsFair(running[userId], users, free);
        }
    }

    private static int SharedOf(int slots, double part) => Math.Max(1, (int)(slots * part));

    private bool IsFair(int running, int users, int free) => running == 0 ? free > 0 : free > _kept && running < (double)_shared / users;

    private void Add(string userId, int change)
    {
        _free -= change;
        var running = _running.GetValueOrDefault(userId) + change;
        if (running > 0)
            _running[userId] = running;
        else
            _running.Remove(userId);
    }
}
