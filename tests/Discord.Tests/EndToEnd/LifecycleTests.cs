using CodeInterpreter.TestDiscord.Conversations;
using CodeInterpreter.TestDiscord.Model;

namespace CodeInterpreter.Discord.Tests.EndToEnd;

/// <summary>The bot's own restart, the servers that it serves, and files after their time.</summary>
public sealed class LifecycleTests(Product product) : IAsyncLifetime
{
    private DiscordServer _discord = null!;
    private Person _ada = null!;

    public async ValueTask InitializeAsync()
    {
        _discord = await DiscordServer.StartAsync(BotFixture.Settings);
        _ada = _discord.NewPerson("Ada");
    }

    public async ValueTask DisposeAsync()
    {
        await _discord.DisposeAsync();
        _discord.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ABotThatIsKilledOrStopped_AnswersWhenItIsBack(bool isKilled)
    {
        await using var bot = await BotProcess.StartAsync(_discord, await product.AddressAsync());
        var run = await SendAsync("import time\nprint('begun', flush=True)\ntime.sleep(4)\nopen('a.txt', 'w').write('x')\nprint('ended')");
        await Eventually.TrueAsync(() => run.Original?.Content.Contains("begun") == true);

        await (isKilled ? bot.KillAsync() : bot.StopAsync());
        await bot.StartAsync();

        await Eventually.TrueAsync(() => run.Original!.Content.Contains("ended"));
        run.Original!.Files.ShouldHaveSingleItem();
        run.FollowUps.ShouldBeEmpty();
    }

    [Fact]
    public async Task AServerThatTheOperatorDidNotList_IsRefused()
    {
        await using var bot = await BotProcess.StartAsync(
            _discord,
            await product.AddressAsync(),
            settings: ("Discord:AllowedGuilds", _discord.Guild.GuildId!)
        );
        var elsewhere = new Place(_discord.Ids.Next(), _discord.Ids.Next());

        var refused = await SendAsync("print('ran')", elsewhere);
        await Eventually.TrueAsync(() => refused.Original is { IsDeferred: false });
        var allowed = await SendAsync("print('ran')");
        await Eventually.TrueAsync(() => allowed.Original?.Content.Contains("ran") == true);

        refused.Original!.IsEphemeral.ShouldBeTrue();
        refused.Original.Content.ShouldContain("server");
    }

    [Fact]
    public async Task FilesAfterTheirTime_AreNotLoaded_AndNotSent()
    {
        await using var shortLived = await StandaloneProcess.StartAsync(
            StandaloneProcess.NewDataDirectory(),
            ("FileStore:Retention", "00:00:03"),
            ("FileStore:Expiry:SweepInterval", "00:00:01"),
            ("Pool:Data", "0")
        );
        await using var bot = await BotProcess.StartAsync(_discord, shortLived.GrpcAddress);
        var first = await SendAsync("open('short.txt', 'w').write('short-lived')");
        await Eventually.TrueAsync(() => first.Original is { Files.Count: 1 });
        var id = FileIds.In(first.Original!).Single();

        await Eventually.TrueAsync(async () => (await AskAsync("file", ("id", id))).Files.Count == 0);
        var later = await SendAsync($"print(load_file('{id}'))");
        await Eventually.TrueAsync(() => later.Original?.Content.Contains("FileNotFoundError") == true);

        (await AskAsync("files")).Text.ShouldNotContain("short.txt");
        later.Original!.Content.ShouldNotContain("short-lived");
    }

    private Task<Conversation> SendAsync(string code, Place? place = null) =>
        _discord.SendAsync(_ada, _discord.Interactions.Slash(_ada, place ?? _discord.Guild, _discord.Command("run"), [("code", code)]));

    private async Task<Message> AskAsync(string command, params IEnumerable<(string Name, object Value)> options)
    {
        var asked = await _discord.SlashAsync(_ada, command, options);
        await Eventually.TrueAsync(() => asked.Original is { IsDeferred: false });
        return asked.Original!;
    }
}
