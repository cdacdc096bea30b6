using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Access.Limits;

/// <summary>Counts the calls of keys and of users.</summary>
internal sealed class CallLimiter(IOptions<LimitOptions> options) : IDisposable
{
    /// <summary>
    /// Callers are told apart by a hash, so that memory is bounded however many user ids somebody makes up. It is another in
    /// every process, so that nobody can choose with whom to share a bucket.
    /// </summary>
    internal const int Buckets = 1 << 16;

    private readonly PartitionedRateLimiter<string>? _keys = Create(options.Value.CallsPerMinutePerKey);
    private readonly PartitionedRateLimiter<string>? _users = Create(options.Value.CallsPerMinutePerUser);

    /// <summary>Counts a call of that caller; null when there is no limit.</summary>
    public Quota? TakeForKey(string callerId) => Take(_keys, callerId, "key", options.Value.CallsPerMinutePerKey);

    /// <summary>Counts a call for that user; null when there is no limit.</summary>
    public Quota? TakeForUser(string userId) => Take(_users, userId, "user", options.Value.CallsPerMinutePerUser);

    public void Dispose()
    {
        _keys?.Dispose();
        _users?.Dispose();
    }

    private static Quota? Take(PartitionedRateLimiter<string>? limiter, string who, string policy, int? perMinute)
    {
        if (limiter is null)
            return null;

        using var lease = limiter.AttemptAcquire(who);
        var left = limiter.GetStatistics(who)?.CurrentAvailablePermits ?? 0;
        var retryAfter = !lease.IsAcquired && lease.TryGetMetadata(MetadataName.RetryAfter, out var delay) ? delay : (TimeSpan?)null;
        return new Quota(policy, perMinute ?? 0, left, retryAfter);
    }

    private static PartitionedRateLimiter<string>? Create(int? perMinute)
    {
        if (perMinute is not > 0)
            return null;

        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute.Value,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / perMinute.Value,
        };
        return PartitionedRateLimiter.Create<string, int>(who => RateLimitPartition.GetTokenBucketLimiter(BucketOf(who), _ => bucket));
    }

    internal static int BucketOf(string who) => (who.GetHashCode(StringComparison.Ordinal) & int.MaxValue) % Buckets;
}
