using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CodeInterpreter.TestDiscord.Model;

namespace CodeInterpreter.TestDiscord.Conversations;

/// <summary>One state of a message; an edit makes another.</summary>
internal sealed partial record Message(string Id)
{
    public string Content { get; init; } = "";

    public IReadOnlyList<JsonNode?> Embeds { get; init; } = [];

    public IReadOnlyList<JsonNode?> Components { get; init; } = [];

    public IReadOnlyList<SentFile> Files { get; init; } = [];

    public JsonNode? AllowedMentions { get; init; }

    public long Flags { get; init; }

    /// <summary>"… is thinking": nothing was said yet.</summary>
    public bool IsDeferred { get; init; }

    public bool IsDeleted { get; init; }

    public int Edits { get; init; }

    /// <summary>Whether only the person who caused it sees it.</summary>
    public bool IsEphemeral => (Flags & (1 << 6)) != 0;

    /// <summary>The buttons by their labels, in the order of the rows.</summary>
    public IReadOnlyList<JsonNode> Buttons =>
        [.. Components.SelectMany(row => row.Items("components")).OfType<JsonNode>().Where(component => component.Number("type") == 2)];

    /// <summary>All that a reader can read: the content and the texts of the embeds.</summary>
    public string Text =>
        string.Join(
            '\n',
            [
                Content,
                .. Embeds.SelectMany(embed =>
                    new[] { embed.Text("title"), embed.Text("description") }
                        .Concat(embed.Items("fields").SelectMany(pair => new[] { pair.Text("name"), pair.Text("value") }))
                        .Append((embed as JsonObject)?["footer"].Text("text"))
                ),
            ]
        );

    /// <summary>
    /// Who gets a notification: users by their mentions, unless the bot says otherwise, and what it lists. In answers to interactions
    /// nobody can be notified by @everyone, but here it counts, so that a test sees a bot that depends on that.
    /// </summary>
    public IReadOnlyList<string> Notified
    {
        get
        {
            var mentioned = Mention().Matches(Content).Select(match => match.Value).Distinct().ToList();
            if (AllowedMentions is null)
                return mentioned;
            var parse = AllowedMentions.Items("parse").Select(kind => kind!.GetValue<string>()).ToHashSet();
            var users = AllowedMentions.Items("users").Select(id => id!.GetValue<string>()).ToHashSet();
            return
            [
                .. mentioned.Where(mention =>
                    mention[0] == '@' ? parse.Contains("everyone")
                    : mention[2] == '&' ? parse.Contains("roles")
                    : parse.Contains("users") || users.Contains(mention.Trim('<', '>', '@', '!'))
                ),
            ];
        }
    }

    public SentFile File(string name) =>
        Files.SingleOrDefault(file => file.FileName == name)
        ?? throw new InvalidOperationException($"No file {name}, but: {string.Join(", ", Files.Select(file => file.FileName))}");

    [GeneratedRegex("@everyone|@here|<@[!&]?[0-9]+>")]
    private static partial Regex Mention();
}
