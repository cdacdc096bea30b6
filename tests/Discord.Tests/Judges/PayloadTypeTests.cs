using System.Text;
using System.Text.Json.Nodes;
using CodeInterpreter.TestDiscord.Conversations;

namespace CodeInterpreter.Discord.Tests.Judges;

/// <summary>The interactions that the stand-in sends have the types of discord-api-types, without missing or unknown fields.</summary>
public sealed class PayloadTypeTests(NodePackages packages)
{
    private static readonly JsonNode Command = JsonNode.Parse(
        """
        {"id": "1", "name": "run", "type": 1, "options": [
          {"name": "code", "type": 3}, {"name": "file1", "type": 11}, {"name": "private", "type": 5}]}
        """
    )!;

    private static readonly JsonNode Modal = JsonNode.Parse(
        """
        {"custom_id": "m", "title": "t", "components": [
          {"type": 18, "label": "Code", "component": {"type": 4, "custom_id": "code", "style": 2}},
          {"type": 18, "label": "Files", "component": {"type": 19, "custom_id": "files"}}]}
        """
    )!;

    [Fact]
    public async Task Interactions_CompileAgainstTheTypesOfOthers()
    {
        await using var discord = await DiscordServer.StartAsync();
        var (ada, make) = (discord.NewPerson("Ada"), discord.Interactions);
        var upload = new Upload("a.csv", [1, 2]) { ContentType = "text/csv" };
        (string, object)[] options = [("code", "print(1)"), ("file1", upload), ("private", true)];
        var asked = await discord.SendAsync(ada, make.Slash(ada, discord.Guild, Command, options));
        var message = new Message(discord.Ids.Next())
        {
            Content = "42",
            Files = [new SentFile("5", "a.csv", "a table", "text/csv", [1], new Uri("http://127.0.0.1/a.csv"))],
            Embeds = [JsonNode.Parse("""{"title": "a", "fields": [{"name": "b", "value": "c"}]}""")],
            Components =
            [
                JsonNode.Parse("""{"type": 1, "components": [{"type": 2, "style": 2, "label": "Run again", "custom_id": "r"}]}"""),
            ],
        };

        var source = new StringBuilder(
            "import { EmbedType, Locale } from 'discord-api-types/v10';\nimport type * as d from 'discord-api-types/v10';\n"
        );
        Add("APIChatInputApplicationCommandGuildInteraction", asked.Interaction);
        Add("APIChatInputApplicationCommandDMInteraction", make.Slash(ada, discord.DirectMessage, Command, options));
        Add("APIMessageApplicationCommandGuildInteraction", make.OnMessage(ada, discord.Guild, Command, ada, "```py\n1\n```", upload));
        Add("APIMessageComponentGuildInteraction", make.Press(ada, discord.Guild, message.ToJson(asked, discord.Application), "r"));
        Add("APIModalSubmitGuildInteraction", make.Submit(ada, discord.Guild, Modal, new Dictionary<string, string>(), [upload]));
        Add("APIMessage", message.ToJson(asked, discord.Application));
        Add("APIPingInteraction", make.Ping());
        await packages.WriteAsync("payloads.ts", source.ToString());
        var (exitCode, output) = await packages.RunAsync("node", "node_modules/typescript/bin/tsc", "--project", "tsconfig.json");

        exitCode.ShouldBe(0, output);

        void Add(string type, JsonObject payload) =>
            source.AppendLine($"export const a{source.Length}: d.{type} = {ToTypeScript(payload)};");
    }

    // JSON is an expression of TypeScript, but for text that stands for an enumeration, and for flags of which none is set.
    private static string ToTypeScript(JsonObject payload) =>
        payload
            .ToJsonString()
            .Replace("locale\":\"en-US\"", "locale\":Locale.EnglishUS", StringComparison.Ordinal)
            .Replace("\"type\":\"rich\"", "\"type\":EmbedType.Rich", StringComparison.Ordinal)
            .Replace("flags\":0", "flags\":Number(0)", StringComparison.Ordinal);
}
