using System.Collections.Frozen;
using System.Text.Json;

namespace CodeInterpreter.ServiceDefaults.Telemetry;

/// <summary>Values of tags on metrics and spans.</summary>
public static class TagValue
{
    /// <summary>
    /// A member of an enum as tags have it: <c>TimedOut</c> is <c>timed_out</c>. One that the enum lacks is <c>unknown</c>.
    /// </summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Names<T>.All.GetValueOrDefault(value, "unknown");

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> All = Enum.GetValues<T>()
            .ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
    }
}
