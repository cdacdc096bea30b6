using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Discord.Tests.Platform;

/// <summary>A clock on which no wait takes time: it jumps to the end of each, and remembers how long it would have been.</summary>
internal sealed class JumpingTime : FakeTimeProvider
{
    private readonly List<double> _waits = [];

    /// <summary>The seconds of all waits so far.</summary>
    public IReadOnlyList<double> Waits => _waits;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            _waits.Add(Math.Round(dueTime.TotalSeconds, 3));
            Advance(dueTime);
        }

        return timer;
    }
}
