namespace CodeInterpreter.Gateway.Access.Limits;

/// <summary>
/// Places for what takes much memory on behalf of a caller. Some requests have one at the same time, others wait. A place is given back with
/// the end of its request at the latest; a request that keeps one for too long is cut off.
/// </summary>
internal sealed class Places(int atATime, int mostWaiting, TimeSpan longest, TimeProvider timeProvider) : IDisposable
{
    private readonly SemaphoreSlim _free = new(atATime, atATime);
    private int _waiting;

    /// <summary>Waits for a place; null when so many wait that this request cannot.</summary>
    public async Task<IDisposable?> TryTakeAsync(HttpContext context)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > mostWaiting || !await _free.WaitAsync(longest, context.RequestAborted))
                return null;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        var place = new Place(_free, context, longest, timeProvider);
        context.Response.RegisterForDispose(place);
        return place;
    }

    public void Dispose() => _free.Dispose();

    private sealed class Place : IDisposable
    {
        private readonly ITimer _end;
        private SemaphoreSlim? _free;

        public Place(SemaphoreSlim free, HttpContext context, TimeSpan longest, TimeProvider timeProvider)
        {
            _free = free;
            _end = timeProvider.CreateTimer(_ => context.Abort(), state: null, longest, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _end.Dispose();
            Interlocked.Exchange(ref _free, null)?.Release();
        }
    }
}
