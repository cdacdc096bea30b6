using System.Threading.RateLimiting;

namespace CodeInterpreter.Gateway.Limits;

/// <summary>
/// Limits how many requests use much memory at the same time; a few more wait. A request releases its slot at its end, if not before. The
/// connection of a request that holds its slot for too long is closed.
/// </summary>
internal sealed class RequestSlots(int count, int maxWaiting, TimeSpan maxDuration, TimeProvider timeProvider) : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions { PermitLimit = count, QueueLimit = maxWaiting });

    /// <summary>Waits for a slot; null if too many requests are waiting, or if none becomes free in time.</summary>
    public async Task<IDisposable?> TryAcquireAsync(HttpContext context)
    {
        var lease = await AcquireAsync(context.RequestAborted);
        if (lease is not { IsAcquired: true })
            return null;

        var slot = new Slot(lease, context, maxDuration, timeProvider);
        context.Response.RegisterForDispose(slot);
        return slot;
    }

    public void Dispose() => _limiter.Dispose();

    private async Task<RateLimitLease?> AcquireAsync(CancellationToken requestAborted)
    {
        if (_limiter.AttemptAcquire() is { IsAcquired: true } lease)
            return lease;

        using var timeout = new CancellationTokenSource(maxDuration, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, requestAborted);
        try
        {
            return await _limiter.AcquireAsync(permitCount: 1, either.Token);
        }
        catch (OperationCanceledException) when (!requestAborted.IsCancellationRequested)
        {
            return null;
        }
    }

    private sealed class Slot : IDisposable
    {
        private readonly RateLimitLease _lease;
        private readonly ITimer _timer;

        public Slot(RateLimitLease lease, HttpContext context, TimeSpan maxDuration, TimeProvider timeProvider)
        {
            _lease = lease;
            _timer = timeProvider.CreateTimer(_ => context.Abort(), state: null, maxDuration, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _timer.Dispose();
            _lease.Dispose();
        }
    }
}
