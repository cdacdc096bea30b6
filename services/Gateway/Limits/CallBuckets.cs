namespace CodeInterpreter.Gateway.Limits;

/// <summary>
/// Token buckets for the calls of a minute. Calls at other replicas take tokens, too, and may leave a bucket with a debt: replicas learn of
/// them late, and all together have to stay within the limit.
/// </summary>
/// <param name="policy">The name of the limit.</param>
/// <param name="perMinute">The limit; a bucket holds as many tokens.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class CallBuckets(string policy, int perMinute, TimeProvider timeProvider)
{
    /// <summary>
    /// Callers share buckets by their hash, so that memory stays bounded however many user ids a caller makes up. Each process hashes
    /// differently, so that no caller can choose whose bucket to share.
    /// </summary>
    internal const int Count = 1 << 16;

    private readonly Bucket[] _buckets = new Bucket[Count];
    private readonly Lock _lock = new();
    private readonly double _perSecond = perMinute / 60.0;

    /// <summary>Takes a token for a call, if there is one.</summary>
    public Quota Take(string id)
    {
        lock (_lock)
        {
            ref var bucket = ref Filled(id);
            var isTaken = bucket.Tokens >= 1;
            if (isTaken)
                bucket.Tokens--;
            return new Quota(
                policy,
                perMinute,
                (long)Math.Max(0, bucket.Tokens),
                isTaken ? null : TimeSpan.FromSeconds((1 - bucket.Tokens) / _perSecond)
            );
        }
    }

    /// <summary>Takes tokens for calls that other replicas have accepted, each at most as many as its own bucket holds.</summary>
    public void Spend(string id, long calls, int otherReplicas)
    {
        lock (_lock)
        {
            ref var bucket = ref Filled(id);
            bucket.Tokens = Math.Max(bucket.Tokens - calls, -(double)perMinute * Math.Max(1, otherReplicas));
        }
    }

    internal static int IndexOf(string id) => (id.GetHashCode(StringComparison.Ordinal) & int.MaxValue) % Count;

    private ref Bucket Filled(string id)
    {
        ref var bucket = ref _buckets[IndexOf(id)];
        var now = timeProvider.GetTimestamp();
        bucket.Tokens = bucket.IsUsed
            ? Math.Min(perMinute, bucket.Tokens + (timeProvider.GetElapsedTime(bucket.FilledAt, now).TotalSeconds * _perSecond))
            : perMinute;
        (bucket.FilledAt, bucket.IsUsed) = (now, true);
        return ref bucket;
    }

    private struct Bucket
    {
        public double Tokens;
        public long FilledAt;
        public bool IsUsed;
    }
}
