using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CodeInterpreter.EndToEnd.Tests.Documentation;

/// <summary>Compares what was printed with what a page says, where <c>…</c> stands for anything.</summary>
internal static partial class Expectation
{
    private const string Anything = "…";

    public static void ShouldPrint(this string printed, Example example)
    {
        if (example.PrintsJson is { } json)
            ShouldMatch(JsonNode.Parse(printed), JsonNode.Parse(json), example.Text);
        if (example.Prints is { } text)
            WithoutMoments(printed).Trim().ShouldMatch(Pattern(text.Trim()), example.Text);
    }

    private static void ShouldMatch(JsonNode? actual, JsonNode? expected, string place)
    {
        switch (expected)
        {
            case JsonValue value when value.ToString() == Anything:
                break;
            case JsonObject fields:
                var found = actual.ShouldBeOfType<JsonObject>(place);
                found.Select(field => field.Key).ShouldBe(fields.Select(field => field.Key), ignoreOrder: true, place);
                foreach (var (name, field) in fields)
                    ShouldMatch(found[name], field, $"{place} {name}");
                break;
            case JsonArray items:
                var list = actual.ShouldBeOfType<JsonArray>(place);
                list.Count.ShouldBe(items.Count, place);
                for (var i = 0; i < items.Count; i++)
                    ShouldMatch(list[i], items[i], $"{place} [{i}]");
                break;
            default:
                actual?.ToJsonString().ShouldBe(expected?.ToJsonString(), place);
                break;
        }
    }

    private static string Pattern(string text) => $@"\A{Regex.Escape(text).Replace(Anything, ".*", StringComparison.Ordinal)}\z";

    // Whether they come is a matter of time.
    private static string WithoutMoments(string printed) => Moment().Replace(printed, "");

    [GeneratedRegex("^event: (queued|keep_alive)\n(.+\n)*\n", RegexOptions.Multiline)]
    private static partial Regex Moment();
}
