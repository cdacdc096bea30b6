using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CodeInterpreter.TestDiscord.Model;

/// <summary>Short ways into JSON that others wrote: what is missing or of another kind is null.</summary>
internal static class JsonNodes
{
    public static string? Text(this JsonNode? node, string name) =>
        (node as JsonObject)?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static long? Number(this JsonNode? node, string name) =>
        (node as JsonObject)?[name] is JsonValue value
        && value.GetValueKind() == JsonValueKind.Number
        && long.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public static bool Flag(this JsonNode? node, string name) =>
        (node as JsonObject)?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    /// <summary>The items of an array; none where there is no array.</summary>
    public static IReadOnlyList<JsonNode?> Items(this JsonNode? node, string name) =>
        (node as JsonObject)?[name] is JsonArray items ? [.. items] : [];

    public static bool Has(this JsonNode? node, string name) => (node as JsonObject)?[name] is not null;

    public static JsonNode? TryParse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonNode.Parse(utf8);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
