using System.Globalization;
using System.Text.RegularExpressions;

namespace CodeInterpreter.ServiceDefaults.Settings;

/// <summary>
/// Durations as settings have them: a number with its unit (<c>500ms</c>, <c>90s</c>, <c>15m</c>, <c>48h</c>, <c>2d</c>) or
/// <c>hh:mm:ss</c>, with days before it (<c>2.00:00:00</c>). A number without a unit is refused.
/// </summary>
public static partial class Duration
{
    /// <summary>What a duration looks like, for messages.</summary>
    public const string Form = "a duration such as 48h, 15m, 90s, 500ms, 2d or 00:15:00";

    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay),
        ("h", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond),
    ];

    /// <summary>Reads a duration; false when the text is none, or is longer than a <see cref="TimeSpan"/> can be.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        text = text.Trim();
        if (text.Contains(':', StringComparison.Ordinal))
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration);

        var match = NumberAndUnit().Match(text);
        if (!match.Success)
            return false;
        if (!decimal.TryParse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture, out var number))
            return false;

        var longest = TimeSpan.MaxValue.Ticks / TicksOf(match.Groups["unit"].Value);
        if (number > longest)
            return false;
        duration = TimeSpan.FromTicks((long)(number * TicksOf(match.Groups["unit"].Value)));
        return true;
    }

    /// <summary>The duration in the largest unit that it is a whole number of.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
            return "0s";
        foreach (var (unit, ticks) in Units)
        {
            // Two days are better known as 48 hours.
            if (duration.Ticks % ticks == 0 && (unit != "d" || duration.Ticks / ticks > 3))
                return (duration.Ticks / ticks).ToString(CultureInfo.InvariantCulture) + unit;
        }

        return duration.ToString("c");
    }

    private static long TicksOf(string unit) => Array.Find(Units, known => known.Unit == unit).Ticks;

    [GeneratedRegex(@"\A(?<number>[0-9]+(\.[0-9]+)?)(?<unit>ms|s|m|h|d)\z")]
    private static partial Regex NumberAndUnit();
}
