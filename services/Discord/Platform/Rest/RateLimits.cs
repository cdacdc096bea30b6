using System.Collections.Concurrent;

namespace CodeInterpreter.Discord.Platform.Rest;

/// <summary>
/// What Discord's answers have said about its limits: for each bucket and resource, and for all calls together. Discord names the bucket of
/// a route in its answers; until then each route is one of its own.
/// </summary>
internal sealed class RateLimits(TimeProvider time)
{
    private static readonly TimeSpan CleanUpInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, RateLimitBucket> _buckets = [];
    private readonly ConcurrentDictionary<string, string> _names = new();
    private long _allOpenAt;
    private DateTimeOffset _cleanUpAt = time.GetUtcNow() + CleanUpInterval;

    /// <summary>How many buckets are known.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _buckets.Count;
        }
    }

    /// <summary>The bucket of a call. Give it back with <see cref="Leave"/>.</summary>
    public RateLimitBucket Enter(RestRequest request)
    {
        var key = $"{_names.GetValueOrDefault(request.RouteKey, request.RouteKey)} {request.Resource}";
        lock (_lock)
        {
            CleanUp();
            if (!_buckets.TryGetValue(key, out var bucket))
                _buckets[key] = bucket = new RateLimitBucket();
            bucket.Users++;
            return bucket;
        }
    }

    public void Leave(RateLimitBucket bucket)
    {
        lock (_lock)
            bucket.Users--;
    }

    /// <summary>How long the next call has to wait.</summary>
    public TimeSpan WaitFor(RateLimitBucket bucket)
    {
        var ticks = Math.Max(bucket.OpenAt, Volatile.Read(ref _allOpenAt)) - time.GetUtcNow().UtcTicks;
        return TimeSpan.FromTicks(Math.Max(0, ticks));
    }

    /// <summary>Takes in what an answer says about the bucket.</summary>
    public void Learn(RestRequest request, RateLimitBucket bucket, RateLimitHeaders headers)
    {
        if (headers is { Remaining: 0, ResetAfter: { } reset })
            bucket.CloseUntil(time.GetUtcNow() + reset);
        if (headers.Bucket is { } name && _names.TryAdd(request.RouteKey, name))
            Rename(bucket, $"{name} {request.Resource}");
    }

    /// <summary>Nothing is sent until then.</summary>
    public void CloseAll(TimeSpan duration) => Volatile.Write(ref _allOpenAt, Math.Max(_allOpenAt, (time.GetUtcNow() + duration).UtcTicks));

    /// <summary>Nothing of this bucket is sent until then.</summary>
    public void Close(RateLimitBucket bucket, TimeSpan duration) => bucket.CloseUntil(time.GetUtcNow() + duration);

    // The next call of the route looks under the name; where another route has a bucket there, that one learns of the wait.
    private void Rename(RateLimitBucket bucket, string key)
    {
        lock (_lock)
        {
            if (!_buckets.TryAdd(key, bucket))
                _buckets[key].CloseUntil(new DateTimeOffset(bucket.OpenAt, TimeSpan.Zero));
        }
    }

    // Each interaction has buckets of its own.
    private void CleanUp()
    {
        var now = time.GetUtcNow();
        if (now < _cleanUpAt)
            return;
        _cleanUpAt = now + CleanUpInterval;
        foreach (var (key, bucket) in _buckets.Where(entry => entry.Value.Users == 0 && entry.Value.OpenAt <= now.UtcTicks).ToList())
            _buckets.Remove(key);
    }
}
