using CodeInterpreter.TestDiscord.Model;
using CodeInterpreter.TestDiscord.Rules;

namespace CodeInterpreter.Discord.Tests.EndToEnd;

/// <summary>The same bot over HTTP. That the portal took its address means that it answers a ping, and refuses a wrong signature.</summary>
public sealed class HttpTests(HttpBot bot) : IClassFixture<HttpBot>
{
    private readonly DiscordServer _discord = bot.Discord;
    private readonly Person _ada = bot.Discord.NewPerson("Ada");

    [Fact]
    public async Task ACommand_IsDeferredInTheResponse_AndAnsweredLater()
    {
        var run = await bot.RunAsync(_ada, "open('a.txt', 'w').write('x')\nprint(6 * 7)");

        (run.Statuses.ShouldHaveSingleItem(), run.AnswerType).ShouldBe((200, CallbackRules.DeferredMessage));
        run.Original!.Content.ShouldContain("```ansi\n42\n```");
        run.Original.File("a.txt").Bytes.ShouldBe("x"u8.ToArray());
        _discord.Requests.ShouldNotContain(request => request.Path.EndsWith("/callback", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Modals_AndButtons_Work()
    {
        var asked = await _discord.SlashAsync(_ada, "run");
        var texts = new Dictionary<string, string> { ["code"] = "print('from a modal')" };
        var run = await _discord.SubmitAsync(asked, texts);
        await bot.FinishedAsync(run);

        run.Original!.Content.ShouldContain("from a modal");
        await _discord.PressAsync(_ada, run, run.Original, "Delete");
        await Eventually.TrueAsync(() => run.Original!.IsDeleted);
    }

    [Fact]
    public async Task AnInteractionThatComesTwice_IsAnsweredOnce()
    {
        var run = await _discord.SlashAsync(_ada, "run", ("code", "open('once.txt', 'w').write('x')\nprint('once')"));
        await _discord.DeliverAsync(run);
        await bot.FinishedAsync(run);
        await _discord.DeliverAsync(run);
        await bot.RunAsync(_ada, "print('later')");

        run.Statuses.ShouldAllBe(status => status == 200);
        run.Versions.Count(version => version.Content.Contains("once.txt")).ShouldBe(1);
        run.FollowUps.ShouldBeEmpty();
    }

    [Fact]
    public async Task TheFirstAnswer_ComesWithinThreeSeconds_WithManyAtOnce()
    {
        var people = Enumerable.Range(0, 20).Select(number => _discord.NewPerson($"P{number}"));

        var runs = await Task.WhenAll(people.Select(person => _discord.SlashAsync(person, "run", ("code", "print('busy')"))));

        runs.Max(run => run.AnsweredAfter).ShouldBeLessThan(TimeSpan.FromSeconds(3));
        foreach (var run in runs)
            await bot.FinishedAsync(run);
        runs.ShouldAllBe(run => run.Original!.Content.Contains("busy"));
    }
}
