using CodeInterpreter.Discord.Platform.Rest;

namespace CodeInterpreter.Discord.Platform.Gateway;

/// <summary>
/// How often the bot may begin a session: once in five seconds, and about 1,000 times a day, after which Discord resets the token of a bot.
/// </summary>
internal sealed class IdentifyLimit(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private long? _last;

    /// <summary>How long to wait for the next one.</summary>
    public TimeSpan WaitFor(SessionStartLimit limit)
    {
        if (limit.Remaining <= 0)
            return TimeSpan.FromMilliseconds(Math.Max(limit.ResetAfter, Interval.TotalMilliseconds));
        var since = _last is { } last ? time.GetElapsedTime(last) : Interval;
        return since < Interval ? Interval - since : TimeSpan.Zero;
    }

    public void Used() => _last = time.GetTimestamp();
}
