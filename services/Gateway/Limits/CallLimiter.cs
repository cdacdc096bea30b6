using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Limits;

/// <summary>Limits the calls of API keys and of users.</summary>
internal sealed class CallLimiter(IOptions<LimitOptions> options) : IDisposable
{
    /// <summary>
    /// Callers share buckets by their hash, so that memory stays bounded however many user ids a caller makes up. Each process hashes
    /// differently, so that no caller can choose whose bucket to share.
    /// </summary>
    internal const int Buckets = 1 << 16;

    private readonly PartitionedRateLimiter<string>? _keys = Create(options.Value.CallsPerMinutePerKey);
    private readonly PartitionedRateLimiter<string>? _users = Create(options.Value.CallsPerMinutePerUser);

    /// <summary>Counts a call of the caller; null if there is no limit.</summary>
    public Quota? TakeForKey(string callerId) => Take(_keys, callerId, "key", options.Value.CallsPerMinutePerKey);

    /// <summary>Counts a call for the user; null if there is no limit.</summary>
    public Quota? TakeForUser(string userId) => Take(_users, userId, "user", options.Value.CallsPerMinutePerUser);

    public void Dispose()
    {
        _keys?.Dispose();
        _users?.Dispose();
    }

    private static Quota? Take(PartitionedRateLimiter<string>? limiter, string id, string policy, int? perMinute)
    {
        if (limiter is null)
            return null;

        using var lease = limiter.AttemptAcquire(id);
        var left = limiter.GetStatistics(id)?.CurrentAvailablePermits ?? 0;
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
        return PartitionedRateLimiter.Create<string, int>(id => RateLimitPartition.GetTokenBucketLimiter(BucketOf(id), _ => bucket));
    }

    internal static int BucketOf(string id) => (id.GetHashCode(StringComparison.Ordinal) & int.MaxValue) % Buckets;
}
