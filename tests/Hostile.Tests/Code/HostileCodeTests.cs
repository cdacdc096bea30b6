using System.Globalization;
using System.Text.Json.Nodes;
using CodeInterpreter.Hostile.Tests.Hosting;

namespace CodeInterpreter.Hostile.Tests.Code;

/// <summary>Runs what is below <c>Cases</c>, and looks at the host after each.</summary>
[Collection(typeof(OneHost))]
public sealed class HostileCodeTests(HostileHost host)
{
    public static TheoryData<string> Cases => [.. HostileCase.All().Select(found => found.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task HostileProgram_HasTheExpectedResultAndDisturbsNoOther(string name)
    {
        var hostile = HostileCase.Find(name);
        var request = hostile.Request;
        request["user_id"] = HostileHost.NewUser();
        request["code"] = hostile.Code;

        var result = await host.ExecuteAsync(request);

        foreach (var (field, expected) in hostile.Expected)
            Said(result, field).ShouldBe(TextOf(expected), customMessage: Show(field, result));
        foreach (var (field, pattern) in hostile.Patterns)
            Said(result, field).ShouldMatch($"(?s)\\A(?:{pattern!.GetValue<string>()})\\z", customMessage: Show(field, result));
        foreach (var (field, most) in hostile.Maxima)
            decimal.Parse(Said(result, field), CultureInfo.InvariantCulture)
                .ShouldBeInRange(1, most!.GetValue<decimal>(), Show(field, result));
        // Only what the supervisor ended says by what.
        if (result.Text("outcome") is "Succeeded" or "NonZeroExit" or "Signalled")
            Said(result, "killed_by").ShouldBe("", Show("killed_by", result));
        result
            .FileNames()
            .Except(hostile.Perhaps)
            .Order(StringComparer.Ordinal)
            .ShouldBe(hostile.Files.Order(StringComparer.Ordinal), Show("files", result));
        var skipped = result.Objects("skipped_files").Select(file => (Path: file.Text("path"), Reason: file.Text("reason"))).ToList();
        if (hostile.LeftBecause is { } reason)
            skipped.ShouldAllBe(file => file.Reason == reason, Show("skipped", result));
        else
            skipped.ShouldBe(
                hostile.Skipped.Select(file => (file.Key, file.Value!.GetValue<string>())),
                ignoreOrder: true,
                Show("skipped", result)
            );
        await host.ShouldBeCleanAsync();
    }

    /// <summary>A field of the result as text; what is not there is empty, <c>usage.x</c> is within an object.</summary>
    private static string Said(JsonObject result, string path) =>
        TextOf(
            path.Split('.')
                .Aggregate(
                    (JsonNode?)result,
                    (node, field) =>
                        node is JsonArray array ? array.ElementAtOrDefault(int.Parse(field, CultureInfo.InvariantCulture)) : node?[field]
                )
        );

    private static string TextOf(JsonNode? node) => Convert.ToString(node, CultureInfo.InvariantCulture) ?? "";

    private static string Show(string field, JsonObject result)
    {
        var text = result.ToJsonString();
        return $"{field} in {text[..Math.Min(text.Length, 3000)]}";
    }
}
