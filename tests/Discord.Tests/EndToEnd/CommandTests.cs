using System.Text;
using CodeInterpreter.TestDiscord.Model;

namespace CodeInterpreter.Discord.Tests.EndToEnd;

/// <summary>The modal, the command of messages, and the commands for files.</summary>
[Collection(nameof(GatewayBot))]
public sealed class CommandTests(GatewayBot bot)
{
    private const string MessageCommand = "Run code";

    private readonly DiscordServer _discord = bot.Discord;
    private readonly Person _ada = bot.Discord.NewPerson("Ada");

    [Fact]
    public async Task RunWithoutCode_OpensAModal_WhoseCodeAndFilesRun()
    {
        var asked = await _discord.SlashAsync(_ada, "run");
        await Eventually.TrueAsync(() => asked.Modal is not null);
        var code = Rules.ComponentFields(asked.Modal!).First(field => field.Number("type") == 4);

        var texts = new Dictionary<string, string> { [code.Text("custom_id")!] = "for line in open('a.csv'):\n    print(line.strip())" };
        var run = await _discord.SubmitAsync(asked, texts, new Upload("a.csv", "x,y\n1,2\n"u8.ToArray()));
        await bot.FinishedAsync(run);

        run.Original!.Content.ShouldContain("```ansi\nx,y\n1,2\n```");
    }

    [Fact]
    public async Task TheCommandOfAMessage_RunsAllItsBlocksAndAttachments()
    {
        var bob = _discord.NewPerson("Bob");
        const string content = "Look:\n```py\na = 20\n```\nand then\n```python\nb = a + 1\n```";
        var uploads = new[]
        {
            new Upload("more.py", "print(b * 2, open('data.txt').read())"u8.ToArray()),
            new Upload("data.txt", Encoding.UTF8.GetBytes("größe")),
        };

        var run = await _discord.SendAsync(
            _ada,
            _discord.Interactions.OnMessage(_ada, _discord.Guild, _discord.Command(MessageCommand), bob, content, uploads)
        );
        await bot.FinishedAsync(run);

        run.Original!.Content.ShouldContain("```ansi\n42 größe\n```");
    }

    [Fact]
    public async Task Files_AreListed_Fetched_AndDeleted_ByTheirOwner()
    {
        var run = await bot.RunAsync(_ada, "open('kept.txt', 'w').write('kept')");
        var id = FileIds.In(run.Original!).Single();
        var eve = _discord.NewPerson("Eve");

        var list = await bot.AskAsync(_ada, "files");
        var file = await bot.AskAsync(_ada, "file", ("id", id));
        var (evesList, evesFile, evesDelete) = (
            await bot.AskAsync(eve, "files"),
            await bot.AskAsync(eve, "file", ("id", id)),
            await bot.AskAsync(eve, "delete", ("id", id))
        );
        var still = await bot.AskAsync(_ada, "files");
        await bot.AskAsync(_ada, "delete", ("id", id));
        var emptied = await bot.AskAsync(_ada, "files");

        (list.Text.Contains("kept.txt"), FileIds.In(list).Single()).ShouldBe((true, id));
        Encoding.UTF8.GetString(file.Files.ShouldHaveSingleItem().Bytes).ShouldBe("kept");
        foreach (var message in new[] { evesList, evesFile, evesDelete })
            (message.Text.Contains("kept.txt"), message.Files.Count, message.IsEphemeral).ShouldBe((false, 0, true));
        FileIds.In(still).ShouldBe([id]);
        FileIds.In(emptied).ShouldBeEmpty();
    }

    [Fact]
    public async Task Help_NamesEveryCommand()
    {
        var help = await bot.AskAsync(_ada, "help");

        foreach (var command in _discord.Api.Commands().Where(command => command.Text("name") != "help"))
            help.Text.ShouldContain(command.Text("name")!);
        help.IsEphemeral.ShouldBeTrue();
    }

    [Fact]
    public void Commands_WorkForServersAndUsers_EverywhereInDiscord() =>
        _discord
            .Api.Commands()
            .ShouldAllBe(command => command.Items("integration_types").Count == 2 && command.Items("contexts").Count == 3);

    private static class Rules
    {
        public static IReadOnlyList<System.Text.Json.Nodes.JsonNode?> ComponentFields(System.Text.Json.Nodes.JsonNode modal) =>
            TestDiscord.Rules.ComponentRules.FieldsOf(modal);
    }
}
