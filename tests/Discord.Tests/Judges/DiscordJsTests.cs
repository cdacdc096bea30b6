using CodeInterpreter.TestDiscord.Gateway;
using CodeInterpreter.TestDiscord.Model;
using CodeInterpreter.TestDiscord.Rules;

namespace CodeInterpreter.Discord.Tests.Judges;

/// <summary>discord.js finds on the stand-in what it finds on Discord.</summary>
public sealed class DiscordJsTests(DiscordJsBot bot) : IClassFixture<DiscordJsBot>
{
    private readonly DiscordServer _discord = bot.Discord;
    private readonly Person _ada = bot.Discord.NewPerson("Ada");

    [Fact]
    public async Task TheConnection_IsKept_WithHeartbeats()
    {
        await Eventually.TrueAsync(() => _discord.Gateway.Current?.Connection?.Heartbeats >= 3);

        _discord.Gateway.Received[0].Number("op").ShouldBe(Op.Identify);
        NothingShouldBeWrong();
    }

    [Fact]
    public void Commands_AreRegistered() =>
        _discord.Api.Commands().Select(command => command.Text("name")).ShouldBe(["echo", "form", "Count"]);

    [Fact]
    public async Task ACommand_IsDeferred_Answered_AndFollowed()
    {
        var echo = await _discord.SlashAsync(_ada, "echo", ("text", "Hello <@1>"), ("file", new Upload("a.bin", new byte[1234])));

        await Eventually.TrueAsync(() => echo.FollowUps is [{ Edits: 1 }]);
        echo.AnswerType.ShouldBe(CallbackRules.DeferredMessage);
        echo.Original!.Content.ShouldBe("Hello <@1>");
        echo.Original.Embeds[0].Text("description").ShouldBe("1234 bytes");
        echo.Original.Files.ShouldHaveSingleItem().FileName.ShouldBe("größe.txt");
        echo.Original.Buttons.Select(button => button.Text("label")).ShouldBe(["More", "Delete", "Link"]);
        (echo.FollowUps[0].Content, echo.FollowUps[0].IsEphemeral).ShouldBe(("1 file", true));
        NothingShouldBeWrong();
    }

    [Fact]
    public async Task Buttons_ChangeAndDeleteTheirMessage()
    {
        var echo = await _discord.SlashAsync(_ada, "echo", ("text", "once"));
        await Eventually.TrueAsync(() => echo.Original?.Content == "once");

        await _discord.PressAsync(_discord.NewPerson("Bob"), echo, echo.Original!, "More");
        await Eventually.TrueAsync(() => echo.Original!.Content == "more for bob");
        await _discord.PressAsync(_ada, echo, echo.Original!, "Delete");
        await Eventually.TrueAsync(() => echo.Original!.IsDeleted);
        NothingShouldBeWrong();
    }

    [Fact]
    public async Task AModal_IsOpened_AndItsFieldsArrive()
    {
        var form = await _discord.SlashAsync(_ada, "form");
        await Eventually.TrueAsync(() => form.Modal is not null);

        var texts = new Dictionary<string, string> { ["code"] = "print(1)" };
        var submitted = await _discord.SubmitAsync(form, texts, new Upload("a.csv", [1]));

        await Eventually.TrueAsync(() => submitted.Original is not null);
        submitted.Original!.Content.ShouldBe("print(1) and 1 file");
        NothingShouldBeWrong();
    }

    [Fact]
    public async Task ACommandOfAMessage_HasTheMessage()
    {
        var author = _discord.NewPerson("Bob");

        var count = await _discord.SendAsync(
            _ada,
            _discord.Interactions.OnMessage(_ada, _discord.Guild, _discord.Command("Count"), author, "abcde", new Upload("a.py", [1]))
        );

        await Eventually.TrueAsync(() => count.Original?.Content == "5 characters");
        NothingShouldBeWrong();
    }

    [Theory]
    [InlineData("dropped")]
    [InlineData("closed")]
    [InlineData("asked")]
    [InlineData("resumable")]
    [InlineData("no heartbeats")]
    public async Task ABrokenConnection_IsResumed_AndNothingIsMissed(string how)
    {
        var session = await SessionAsync();
        var resumed = session.Events.Count(type => type == "RESUMED");

        await BreakAsync(how);
        await Eventually.TrueAsync(() => session.Connection is null || session.Events.Count(type => type == "RESUMED") > resumed);
        var echo = await _discord.SlashAsync(_ada, "echo", ("text", "missed"));

        await Eventually.TrueAsync(() => echo.Original?.Content == "missed");
        _discord.Gateway.Current.ShouldBe(session);
        session.Events.Count(type => type == "RESUMED").ShouldBeGreaterThan(resumed);
    }

    [Fact]
    public async Task AnInvalidSession_IsFollowedByANewOne()
    {
        var session = await SessionAsync();

        await _discord.Gateway.InvalidateAsync(isResumable: false);

        await Eventually.TrueAsync(() => _discord.Gateway.Current is { } current && current != session);
        var echo = await _discord.SlashAsync(_ada, "echo", ("text", "anew"));
        await Eventually.TrueAsync(() => echo.Original?.Content == "anew");
    }

    private async Task<GatewaySession> SessionAsync()
    {
        await Eventually.TrueAsync(() => _discord.Gateway.Current is not null);
        return _discord.Gateway.Current!;
    }

    private async Task BreakAsync(string how)
    {
        switch (how)
        {
            case "dropped":
                await _discord.Gateway.DropAsync();
                break;
            case "closed":
                await _discord.Gateway.CloseAsync(Close.UnknownError);
                break;
            case "asked":
                await _discord.Gateway.RequestReconnectAsync();
                break;
            case "resumable":
                await _discord.Gateway.InvalidateAsync(isResumable: true);
                break;
            default:
                var connection = _discord.Gateway.Current!.Connection;
                _discord.Gateway.AcknowledgesHeartbeats = false;
                await Eventually.TrueAsync(() => _discord.Gateway.Current?.Connection != connection);
                _discord.Gateway.AcknowledgesHeartbeats = true;
                break;
        }
    }

    private void NothingShouldBeWrong()
    {
        _discord.Problems.ShouldBeEmpty();
        bot.Reports.ShouldNotContain(report => report.StartsWith("error", StringComparison.Ordinal));
    }
}
