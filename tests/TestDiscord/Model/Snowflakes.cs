using System.Globalization;

namespace CodeInterpreter.TestDiscord.Model;

/// <summary>Ids as Discord makes them: 64 bits with the time in front, as decimal digits.</summary>
internal sealed class Snowflakes(TimeProvider time)
{
    private static readonly DateTimeOffset Epoch = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private int _count;

    public string Next()
    {
        var milliseconds = (long)(time.GetUtcNow() - Epoch).TotalMilliseconds;
        var number = Interlocked.Increment(ref _count);
        return ((milliseconds << 22) | (uint)(number & 0x3F_FFFF)).ToString(CultureInfo.InvariantCulture);
    }
}
