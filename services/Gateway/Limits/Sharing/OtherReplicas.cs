namespace CodeInterpreter.Gateway.Limits.Sharing;

/// <summary>
/// What this replica knows of the others. A replica whose reports stop, because it ended or the database is unavailable, is forgotten.
/// </summary>
internal sealed class OtherReplicas(TimeProvider timeProvider)
{
    /// <summary>How long a report is believed: three of the longest pauses between two.</summary>
    public static readonly TimeSpan Lifetime = 3 * UsageExchange.IdleInterval;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Known> _known = [];
    private volatile IReadOnlyList<ReplicaUsage> _alive = [];

    /// <summary>Replicas, this one included.</summary>
    public int ReplicaCount => _alive.Count + 1;

    /// <summary>Active executions of the owner at the other replicas, about a second ago.</summary>
    public long ExecutionsOf(string owner) => _alive.Sum(replica => replica.Executions.GetValueOrDefault(owner));

    /// <summary>Takes the reports, and returns the calls that were made at the others since the reports before.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Update(IReadOnlyList<ReplicaUsage> reports)
    {
        var calls = new List<KeyValuePair<string, long>>();
        lock (_lock)
        {
            var now = timeProvider.GetTimestamp();
            foreach (var report in reports)
            {
                var before = _known.GetValueOrDefault(report.ReplicaId);
                if (before?.Usage.Sequence == report.Sequence)
                    continue;
                // The first report has calls of any age.
                if (before is not null)
                    calls.AddRange(CallsSince(before.Usage, report));
                // Nobody knows how old the report of a replica is that is not known yet.
                _known[report.ReplicaId] = new Known(report, now);
            }

            Forget(now);
        }

        return calls;
    }

    /// <summary>Forgets replicas whose reports have stopped.</summary>
    public void Forget()
    {
        lock (_lock)
            Forget(timeProvider.GetTimestamp());
    }

    private void Forget(long now)
    {
        _alive = [.. _known.Values.Where(known => timeProvider.GetElapsedTime(known.SeenAt, now) < Lifetime).Select(known => known.Usage)];
        foreach (var known in _known.Values.Where(known => timeProvider.GetElapsedTime(known.SeenAt, now) >= TimeSpan.FromHours(1)))
            _known.Remove(known.Usage.ReplicaId);
    }

    // An owner that was left out for a while starts again from 0.
    private static IEnumerable<KeyValuePair<string, long>> CallsSince(ReplicaUsage before, ReplicaUsage now) =>
        from calls in now.Calls
        let known = before.Calls.GetValueOrDefault(calls.Key)
        let added = calls.Value >= known ? calls.Value - known : calls.Value
        where added > 0
        select KeyValuePair.Create(calls.Key, added);

    private sealed record Known(ReplicaUsage Usage, long SeenAt);
}
