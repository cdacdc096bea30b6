using System.Net;
using CodeInterpreter.Discord.Platform.Commands;
using CodeInterpreter.Discord.Platform.Http;
using CodeInterpreter.Discord.Platform.Rest;
using CodeInterpreter.Discord.Platform.Startup;
using CodeInterpreter.Discord.Settings;
using CodeInterpreter.Discord.Tests.Platform.Gateway;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Testing;

namespace CodeInterpreter.Discord.Tests.Platform.Startup;

public sealed class ApplicationSetUpTests : ICommandSource, IHostApplicationLifetime, IDisposable
{
    private const string Key = "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025";

    private readonly RestDouble _rest = new() { Application = () => new() { Id = "2", VerifyKey = Key } };
    private readonly JumpingTime _time = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly FakeLogger<ApplicationSetUp> _log = new();
    private readonly FakeLogger<FatalError> _fatalLog = new();
    private PublicKeySource? _keys;

    IReadOnlyList<ApplicationCommand> ICommandSource.Commands { get; } = [new() { Name = "run", Description = "Run Python" }];

    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => _stopping.Token;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    void IHostApplicationLifetime.StopApplication() => _stopping.Cancel();

    public void Dispose() => _stopping.Dispose();

    [Fact]
    public async Task TheCommands_AreRegisteredForAll_AndTheKeyIsKnown()
    {
        await SetUpAsync();

        var (guild, commands) = _rest.Put.ShouldHaveSingleItem();
        guild.ShouldBeNull();
        commands.ShouldHaveSingleItem().IntegrationTypes.ShouldBe([0, 1]);
        _keys!.Signature.ShouldNotBeNull();
    }

    [Fact]
    public async Task TheCommands_AreRegisteredInServers_WithoutWhatTheseDoNotTake()
    {
        await SetUpAsync(options => options.CommandGuilds = "111111111111111111,222222222222222222");

        _rest.Put.Select(put => put.Guild).ShouldBe(["111111111111111111", "222222222222222222"]);
        _rest.Put.ShouldAllBe(put => put.Commands[0].IntegrationTypes == null && put.Commands[0].Contexts == null);
    }

    [Fact]
    public async Task TheCommands_AreLeftAlone_WhereTheOperatorWantsThat()
    {
        await SetUpAsync(options => options.RegisterCommands = false);

        _rest.Put.ShouldBeEmpty();
    }

    [Fact]
    public async Task Discord_IsAskedAgain_AfterGrowingPauses_WhileItDoesNotAnswer()
    {
        _rest.OnPut = _ => _rest.Put.Count < 4 ? new DiscordRestException(HttpStatusCode.BadGateway, 0, "broken") : null;

        await SetUpAsync();

        _time.Waits.ShouldBe([5, 10, 20]);
        _rest.Put.Count.ShouldBe(4);
    }

    [Fact]
    public async Task CommandsThatAreRefused_AreNotSentAgain_AndTheLogSaysWhy()
    {
        _rest.OnPut = _ => new DiscordRestException(HttpStatusCode.BadRequest, 50035, "Invalid Form Body");

        await SetUpAsync();

        _rest.Put.ShouldHaveSingleItem();
        _log.LatestRecord.Message.ShouldContain("Invalid Form Body");
        _stopping.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task AServer_ThatRefusesTheCommands_DoesNotKeepThemFromTheOthers_AndTheLogNamesIt()
    {
        _rest.OnPut = guild =>
            guild == "111111111111111111" ? new DiscordRestException(HttpStatusCode.Forbidden, 50001, "Missing Access") : null;

        await SetUpAsync(options => options.CommandGuilds = "111111111111111111,222222222222222222");

        _rest.Put.Select(put => put.Guild).ShouldBe(["111111111111111111", "222222222222222222"]);
        _log.Collector.GetSnapshot().ShouldContain(record => record.Message.Contains("server 111111111111111111: Missing Access"));
    }

    [Fact]
    public async Task ARefusedBotToken_StopsTheService()
    {
        _rest.Application = () => throw new DiscordRestException(HttpStatusCode.Unauthorized, 0, "401");

        await SetUpAsync();

        _stopping.IsCancellationRequested.ShouldBeTrue();
        _fatalLog.LatestRecord.Message.ShouldContain("Discord:BotToken");
    }

    private async Task SetUpAsync(Action<DiscordOptions>? change = null)
    {
        var options = Subject.Options(change);
        _keys = new PublicKeySource(options);
        using var setUp = new ApplicationSetUp(_rest, this, _keys, new FatalError(this, _fatalLog), options, _time, _log);
        await setUp.StartAsync(CancellationToken.None);
        await setUp.ExecuteTask!;
    }
}
