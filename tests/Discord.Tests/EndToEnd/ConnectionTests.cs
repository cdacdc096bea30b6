using CodeInterpreter.TestDiscord.Gateway;
using CodeInterpreter.TestDiscord.Model;

namespace CodeInterpreter.Discord.Tests.EndToEnd;

/// <summary>A gateway that drops, closes and forgets the bot: every command is answered all the same.</summary>
public sealed class ConnectionTests(Product product) : IAsyncLifetime
{
    private DiscordServer _discord = null!;
    private BotProcess _bot = null!;

    public async ValueTask InitializeAsync()
    {
        _discord = await DiscordServer.StartAsync(BotFixture.Settings with { HeartbeatInterval = TimeSpan.FromMilliseconds(200) });
        _bot = await BotProcess.StartAsync(_discord, await product.AddressAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _bot.DisposeAsync();
        await _discord.DisposeAsync();
        _discord.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task ADroppedConnection_IsResumed_AndNothingIsMissed()
    {
        var session = _discord.Gateway.Current!;

        await _discord.Gateway.DropAsync();
        await Eventually.TrueAsync(() => session.Connection is null || session.Events.Contains("RESUMED"));
        await ShouldAnswerAsync();
        await _discord.Gateway.CloseAsync(Close.UnknownError);
        await ShouldAnswerAsync();
        await _discord.Gateway.RequestReconnectAsync();
        await Eventually.TrueAsync(() => session.Events.Count(type => type == "RESUMED") == 3);
        await ShouldAnswerAsync();

        _discord.Gateway.Count(Op.Identify).ShouldBe(1, "each further connection resumed the session");
        _discord.Gateway.Current.ShouldBe(session);
    }

    [Fact]
    public async Task HeartbeatsThatNobodyAcknowledges_EndTheConnection_ForANewOne()
    {
        var connection = _discord.Gateway.Current!.Connection!;
        await Eventually.TrueAsync(() => connection.Heartbeats >= 2);

        _discord.Gateway.AcknowledgesHeartbeats = false;
        await Eventually.TrueAsync(() => _discord.Gateway.Current?.Connection is { } current && current != connection);
        _discord.Gateway.AcknowledgesHeartbeats = true;

        await ShouldAnswerAsync();
        _discord.Gateway.ClosedByBot.ShouldNotContain(1000, "that would end the session");
    }

    [Fact]
    public async Task AnInvalidSession_IsFollowedByANewOne()
    {
        var session = _discord.Gateway.Current!;

        await _discord.Gateway.InvalidateAsync(isResumable: false);

        await Eventually.TrueAsync(() => _discord.Gateway.Current is { } current && current != session);
        await ShouldAnswerAsync();
        _discord.Gateway.Count(Op.Identify).ShouldBe(2);
    }

    [Fact]
    public async Task TheBot_AsksForNoPrivilegedIntent_AndSaysGoodByeWhenItStops()
    {
        _discord.Gateway.Received.First(payload => payload.Number("op") == Op.Identify)["d"].Number("intents").ShouldBe(0);

        (await _bot.StopAsync()).ShouldBe(0);

        await Eventually.TrueAsync(() => _discord.Gateway.ClosedByBot.Contains(1000));
    }

    private async Task ShouldAnswerAsync()
    {
        var run = await _discord.SlashAsync(_discord.NewPerson("Ada"), "run", ("code", "print('here')"));
        await Eventually.TrueAsync(() => run.Original?.Content.Contains("here") == true);
    }
}
