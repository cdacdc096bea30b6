using CodeInterpreter.TestDiscord.Conversations;
using CodeInterpreter.TestDiscord.Model;

namespace CodeInterpreter.Discord.Tests.EndToEnd;

/// <summary>The buttons below an answer: anybody can press them, and not everybody may.</summary>
[Collection(nameof(GatewayBot))]
public sealed class ButtonTests(GatewayBot bot)
{
    private readonly DiscordServer _discord = bot.Discord;
    private readonly Person _ada = bot.Discord.NewPerson("Ada");
    private readonly Person _eve = bot.Discord.NewPerson("Eve");

    [Fact]
    public async Task RunAgain_RunsTheSameCodeWithTheSameFiles_InANewAnswer()
    {
        var first = await bot.RunAsync(
            _ada,
            "print(open('a.txt').read(), input())",
            ("file1", new Upload("a.txt", "A"u8.ToArray())),
            ("stdin", "B")
        );

        var again = await _discord.PressAsync(_ada, first, first.Original!, "Run again");
        await bot.FinishedAsync(again);

        again.Original!.Content.ShouldContain("A B");
        again.Original.Id.ShouldNotBe(first.Original!.Id);
        first.Original.Content.ShouldContain("A B", customMessage: "the first answer stays");
    }

    [Theory]
    [InlineData("Run again")]
    [InlineData("Delete")]
    public async Task SomebodyElse_IsRefused(string label)
    {
        var run = await bot.RunAsync(_ada, "print('mine')");
        var before = run.Versions.Count;

        var pressed = await _discord.PressAsync(_eve, run, run.Original!, label);
        await Eventually.TrueAsync(() => pressed.Original is { IsDeferred: false });

        pressed.Original!.IsEphemeral.ShouldBeTrue();
        pressed.Original.Content.ShouldNotContain("mine");
        run.Versions.Count.ShouldBe(before);
        run.Original!.IsDeleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Delete_RemovesTheAnswer_ForItsUserAndForModerators()
    {
        var moderator = _eve with { Permissions = 1 << 13 };
        foreach (var person in new[] { _ada, moderator })
        {
            var run = await bot.RunAsync(_ada, "print('gone')");

            await _discord.PressAsync(person, run, run.Original!, "Delete");

            await Eventually.TrueAsync(() => run.Original!.IsDeleted);
        }
    }

    [Fact]
    public async Task FullOutput_IsShownToTheOneWhoAsks()
    {
        var run = await bot.RunAsync(_ada, "for i in range(40): print('line', i)");

        var pressed = await _discord.PressAsync(_ada, run, run.Original!, "Full output");
        await Eventually.TrueAsync(() => Seen(pressed).Any(message => message.Text.Contains("line 39") || message.Files.Count > 0));

        Seen(pressed).ShouldAllBe(message => message.IsEphemeral);
        run.Original!.Content.ShouldNotContain("line 39");

        static IEnumerable<Message> Seen(Conversation pressed) =>
            pressed.Original is { } first ? pressed.FollowUps.Prepend(first) : pressed.FollowUps;
    }

    [Theory]
    [InlineData("again:1")]
    [InlineData("delete:../../x")]
    [InlineData("output:")]
    [InlineData("nonsense")]
    public async Task AButtonThatTheBotDidNotMake_DoesNothing(string customId)
    {
        var run = await bot.RunAsync(_ada, "print('kept')");
        var message = TestDiscord.Conversations.MessageJson.ToJson(run.Original!, run, _discord.Application);

        var pressed = await _discord.SendAsync(_eve, _discord.Interactions.Press(_eve, _discord.Guild, message, customId));
        await Eventually.TrueAsync(() => pressed.AnswerType is not null && pressed.Original is { IsDeferred: false });

        run.Original!.IsDeleted.ShouldBeFalse();
        run.Original.Content.ShouldContain("kept");
    }
}
