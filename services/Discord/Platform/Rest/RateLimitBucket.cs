namespace CodeInterpreter.Discord.Platform.Rest;

/// <summary>
/// What Discord counts together. Its calls are sent one after the other, so that the count of each answer is known before the next call,
/// and edits of a message keep their order.
/// </summary>
internal sealed class RateLimitBucket : IDisposable
{
    private long _openAt;

    /// <summary>The call that holds it may be sent.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>How many calls hold it or wait for it.</summary>
    public int Users { get; set; }

    /// <summary>When the next call may be sent, in ticks of UTC.</summary>
    public long OpenAt => Volatile.Read(ref _openAt);

    public void CloseUntil(DateTimeOffset time) => Volatile.Write(ref _openAt, Math.Max(_openAt, time.UtcTicks));

    public void Dispose() => Turn.Dispose();
}
