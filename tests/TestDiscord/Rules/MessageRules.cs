using System.Text.Json.Nodes;
using CodeInterpreter.TestDiscord.Model;

namespace CodeInterpreter.TestDiscord.Rules;

/// <summary>What Discord refuses in a message. Lengths are counted in UTF-16, which is never less than what Discord counts.</summary>
internal static class MessageRules
{
    private const int MaxContent = 2000;
    private const int MaxEmbeds = 10;
    private const int MaxEmbedCharacters = 6000;
    private const long EphemeralFlag = 1 << 6;

    // Crossposted and voice messages are for others; what is left may be set by a bot.
    private const long SettableFlags = (1 << 2) | EphemeralFlag | (1 << 12) | ComponentsV2Flag;
    private const long ComponentsV2Flag = 1 << 15;

    /// <summary>What is wrong with a message, or with the change of one.</summary>
    public static IEnumerable<string> Check(JsonNode? message) =>
        [
            .. CheckContent(message),
            .. CheckFlags(message),
            .. CheckEmbeds(message.Items("embeds")),
            .. CheckMentions((message as JsonObject)?["allowed_mentions"]),
            .. ComponentRules.CheckMessage(message.Items("components"), (message.Number("flags") & ComponentsV2Flag) > 0),
        ];

    /// <summary>Whether a new message has nothing to show.</summary>
    public static bool IsEmpty(Body body) =>
        string.IsNullOrWhiteSpace(body.Json.Text("content"))
        && body.Json.Items("embeds").Count == 0
        && body.Json.Items("components").Count == 0
        && body.Files.Count == 0;

    private static IEnumerable<string> CheckContent(JsonNode? message)
    {
        if (message.Has("content") && message.Text("content") is null)
            yield return "content: not a string";
        if (message.Text("content") is { Length: > MaxContent } content)
            yield return $"content: {content.Length} characters, at most {MaxContent}";
    }

    private static IEnumerable<string> CheckFlags(JsonNode? message)
    {
        var flags = message.Number("flags") ?? 0;
        if ((flags & ~SettableFlags) != 0)
            yield return $"flags: {flags} has bits that a bot cannot set";
        if ((flags & ComponentsV2Flag) != 0 && (message.Has("content") || message.Items("embeds").Count > 0))
            yield return "flags: a message of components has no content and no embeds";
    }

    private static IEnumerable<string> CheckEmbeds(IReadOnlyList<JsonNode?> embeds)
    {
        if (embeds.Count > MaxEmbeds)
            yield return $"embeds: {embeds.Count}, at most {MaxEmbeds}";
        var total = 0;
        foreach (var embed in embeds)
        {
            var fields = embed.Items("fields");
            (string Name, string? Text, int Max)[] texts =
            [
                ("title", embed.Text("title"), 256),
                ("description", embed.Text("description"), 4096),
                ("footer.text", (embed as JsonObject)?["footer"].Text("text"), 2048),
                ("author.name", (embed as JsonObject)?["author"].Text("name"), 256),
                .. fields.Select(field => ("fields.name", field.Text("name"), 256)),
                .. fields.Select(field => ("fields.value", field.Text("value"), 1024)),
            ];
            total += texts.Sum(text => text.Text?.Length ?? 0);
            foreach (var (name, text, max) in texts.Where(text => text.Text?.Length > text.Max))
                yield return $"embeds.{name}: {text!.Length} characters, at most {max}";
            if (fields.Count > 25)
                yield return $"embeds.fields: {fields.Count}, at most 25";
            if (fields.Any(field => string.IsNullOrEmpty(field.Text("name")) || string.IsNullOrEmpty(field.Text("value"))))
                yield return "embeds.fields: without name or value";
        }

        if (total > MaxEmbedCharacters)
            yield return $"embeds: {total} characters in all, at most {MaxEmbedCharacters}";
    }

    private static IEnumerable<string> CheckMentions(JsonNode? mentions)
    {
        foreach (var kind in mentions.Items("parse"))
        {
            var name = kind?.ToString();
            if (name is not ("users" or "roles" or "everyone"))
                yield return $"allowed_mentions.parse: {name}";
            else if (mentions.Items(name).Count > 0)
                yield return $"allowed_mentions: {name} is in parse, and listed";
        }
    }
}
