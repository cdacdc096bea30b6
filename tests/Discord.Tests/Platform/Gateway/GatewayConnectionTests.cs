using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Rest;

namespace CodeInterpreter.Discord.Tests.Platform.Gateway;

public sealed class GatewayConnectionTests
{
    private const string Command = """{"id": "11", "application_id": "2", "type": 2, "token": "t", "data": {"name": "run"}, "new": 1}""";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task ANewSession_AsksForNoIntents()
    {
        await using var bot = await GatewayFixture.StartAsync();

        var (peer, introduction) = await bot.AcceptAsync();

        peer.Path.ShouldBe("/?v=10&encoding=json");
        introduction.ShouldBe(
            """{"op":2,"d":{"token":"bot-token","intents":0,"properties":"""
                + """{"os":"linux","browser":"code-interpreter","device":"code-interpreter"}}}"""
        );
        bot.Connection.IsConnected.ShouldBeFalse();
        peer.End();
    }

    [Fact]
    public async Task AnInteraction_IsAnsweredByACall_AndThenItsContinuationRuns()
    {
        var continued = new TaskCompletionSource();
        await using var bot = await GatewayFixture.StartAsync(_ => new InteractionAnswer(
            InteractionResponse.DeferredMessage(ephemeral: true),
            _ =>
            {
                continued.SetResult();
                return Task.CompletedTask;
            }
        ));
        var peer = await bot.AcceptSessionAsync();

        await peer.EventAsync("INTERACTION_CREATE", Command, 2);

        (await bot.Rest.AnswerAsync()).ShouldBe("""11 {"type":5,"data":{"flags":64}}""");
        await continued.Task;
        bot.Handler.Received.ShouldHaveSingleItem().Data!.Name.ShouldBe("run");
        bot.Connection.IsConnected.ShouldBeTrue();
        peer.End();
    }

    [Fact]
    public async Task AnAnswer_ThatDiscordDoesNotTake_HasNoContinuation()
    {
        var continued = false;
        await using var bot = await GatewayFixture.StartAsync(_ => new InteractionAnswer(
            InteractionResponse.DeferredUpdate,
            _ =>
            {
                continued = true;
                return Task.CompletedTask;
            }
        ));
        bot.Rest.TakesAnswers = false;
        var peer = await bot.AcceptSessionAsync();

        await peer.EventAsync("INTERACTION_CREATE", Command, 2);
        await bot.Rest.AnswerAsync();
        await bot.StopContinuationsAsync();

        continued.ShouldBeFalse();
        peer.End();
    }

    [Fact]
    public async Task AnUnreadableInteraction_DoesNotEndTheConnection()
    {
        await using var bot = await GatewayFixture.StartAsync();
        var peer = await bot.AcceptSessionAsync();

        await peer.EventAsync("INTERACTION_CREATE", """{"id": 5, "data": []}""", 2);
        await peer.EventAsync("GUILD_CREATE", "{}", 3);
        await peer.SendAsync("""{"op": 99, "d": {"new": true}}""");
        await peer.EventAsync("INTERACTION_CREATE", Command, 4);

        (await bot.Rest.AnswerAsync()).ShouldStartWith("11 ");
        peer.End();
    }

    [Fact]
    public async Task Heartbeats_HaveTheLastSequence_AndComeAtOnceWhenAskedFor()
    {
        await using var bot = await GatewayFixture.StartAsync();
        var peer = await bot.AcceptSessionAsync(sequence: 7);

        await peer.SendAsync("""{"op": 1, "d": null}""");
        (await peer.ReadTextAsync()).ShouldBe("""{"op":1,"d":7}""");
        (await bot.AdvanceUntilAsync(peer.ReadTextAsync(), Interval, steps: 1000)).ShouldBe("""{"op":1,"d":7}""");

        peer.End();
    }

    [Fact]
    public async Task AMissingAcknowledgement_LeadsToANewConnection_ThatResumesTheSession()
    {
        await using var bot = await GatewayFixture.StartAsync();
        var peer = await bot.AcceptSessionAsync(sequence: 7);
        await peer.SendAsync("""{"op": 1, "d": null}""");
        await peer.ReadAsync();

        (await bot.AdvanceUntilAsync(peer.ReadTextAsync(), Interval, steps: 1000)).ShouldBe("""{"op":1,"d":7}""");
        (await bot.AdvanceUntilAsync(peer.ReadTextAsync(), Interval, steps: 1000)).ShouldBe("closed");
        peer.CloseCode.ShouldBe(4000);
        peer.End();
        var (resumed, introduction) = await bot.AcceptAsync();
        resumed.Path.ShouldBe("/resume?v=10&encoding=json");
        introduction.ShouldBe("""{"op":6,"d":{"token":"bot-token","session_id":"s1","seq":7}}""");
        resumed.End();
    }

    [Theory]
    [InlineData("""{"op": 7, "d": null}""", 6)]
    [InlineData("""{"op": 9, "d": true}""", 6)]
    [InlineData("""{"op": 9, "d": false}""", 2)]
    [InlineData("no json", 2)]
    public async Task ARequestForANewConnection_KeepsTheSession_WhereDiscordDoes(string message, int opcode)
    {
        await using var bot = await GatewayFixture.StartAsync();
        var peer = await bot.AcceptSessionAsync();

        await peer.SendAsync(message);

        (await peer.ReadAsync()).ShouldBeNull();
        peer.End();
        var (next, introduction) = await bot.AcceptAsync();
        introduction.ShouldStartWith($$"""{"op":{{opcode}},""");
        next.End();
    }

    [Theory]
    [InlineData(1000, 6)]
    [InlineData(4000, 6)]
    [InlineData(4008, 6)]
    [InlineData(4003, 2)]
    [InlineData(4007, 2)]
    [InlineData(4009, 2)]
    public async Task AClosedConnection_IsFollowedByAnother(int code, int opcode)
    {
        await using var bot = await GatewayFixture.StartAsync();
        var peer = await bot.AcceptSessionAsync();

        await peer.CloseAsync(code);
        peer.End();

        var (next, introduction) = await bot.AcceptAsync();
        introduction.ShouldStartWith($$"""{"op":{{opcode}},""");
        next.End();
    }

    [Fact]
    public async Task ABrokenConnection_IsResumed_AndGoesOnWithWhatWasMissed()
    {
        await using var bot = await GatewayFixture.StartAsync();
        var peer = await bot.AcceptSessionAsync(sequence: 3);
        await peer.SendAsync("""{"op": 1, "d": null}""");
        (await peer.ReadTextAsync()).ShouldBe("""{"op":1,"d":3}""");

        peer.Break();

        var (next, introduction) = await bot.AcceptAsync();
        introduction.ShouldBe("""{"op":6,"d":{"token":"bot-token","session_id":"s1","seq":3}}""");
        await next.EventAsync("INTERACTION_CREATE", Command, 4);
        await next.EventAsync("RESUMED", "{}", 5);

        (await bot.Rest.AnswerAsync()).ShouldStartWith("11 ");
        next.End();
    }

    [Fact]
    public async Task ASession_ThatCannotBeResumedThreeTimes_IsForgotten_AndTheGatewayIsAskedForAgain()
    {
        var asked = 0;
        await using var bot = await GatewayFixture.StartAsync(prepare: bot =>
            bot.Rest.Gateway = () =>
                new()
                {
                    Url = $"{bot.Server.Address}/new{++asked}",
                    SessionStartLimit = new() { Remaining = 9 },
                }
        );
        var peer = await bot.AcceptSessionAsync();
        await peer.SendAsync("""{"op": 1, "d": null}""");
        await peer.ReadAsync();
        peer.Break();

        var paths = new List<string>();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var dead = await bot.NextAsync();
            paths.Add(dead.Path);
            await dead.CloseAsync(4000);
            dead.End();
        }

        var (next, introduction) = await bot.AcceptAsync(wait: 15);
        next.End();
        paths.ShouldAllBe(path => path.StartsWith("/resume?"));
        next.Path.ShouldBe($"/new{asked}?v=10&encoding=json");
        asked.ShouldBeGreaterThan(1);
        introduction.ShouldStartWith("""{"op":2,""");
    }

    [Theory]
    [InlineData(4004, "bot token")]
    [InlineData(4010, "shard")]
    [InlineData(4011, "2,500")]
    [InlineData(4012, "version")]
    [InlineData(4013, "intents")]
    [InlineData(4014, "intents")]
    public async Task ACloseCode_ThatNoNewConnectionHelpsAgainst_StopsTheService_WithWhatToDo(int code, string remedy)
    {
        await using var bot = await GatewayFixture.StartAsync();
        var (peer, _) = await bot.AcceptAsync();

        await peer.CloseAsync(code);
        peer.End();
        await bot.Connection.ExecuteTask!;

        bot.ApplicationStopping.IsCancellationRequested.ShouldBeTrue();
        bot.Fatal.HasOccurred.ShouldBeTrue();
        bot.FatalLog.LatestRecord.Message.ShouldContain(remedy);
    }

    [Fact]
    public async Task ARefusedBotToken_StopsTheService_BeforeThereIsAConnection()
    {
        await using var bot = await GatewayFixture.StartAsync(prepare: bot =>
            bot.Rest.Gateway = () => throw new DiscordRestException(System.Net.HttpStatusCode.Unauthorized, 0, "401")
        );

        await bot.Connection.ExecuteTask!;

        bot.FatalLog.LatestRecord.Message.ShouldContain("Discord:BotToken");
    }

    [Fact]
    public async Task AStop_ClosesTheSession()
    {
        await using var bot = await GatewayFixture.StartAsync();
        var peer = await bot.AcceptSessionAsync();

        var stop = bot.Connection.StopAsync(CancellationToken.None);

        (await peer.ReadAsync()).ShouldBeNull();
        peer.CloseCode.ShouldBe(1000);
        peer.End();
        await stop;
    }

    [Fact]
    public async Task WithoutSessionsLeft_TheBotWaits_AndAsksAgain()
    {
        var asked = 0;
        await using var bot = await GatewayFixture.StartAsync(prepare: bot =>
            bot.Rest.Gateway = () =>
                new()
                {
                    Url = bot.Server.Address,
                    SessionStartLimit = new() { Remaining = asked++ == 0 ? 0 : 1, ResetAfter = 60_000 },
                }
        );
        var begin = bot.Time.GetUtcNow();

        var (next, _) = await bot.AcceptAsync(wait: 70);

        asked.ShouldBe(2);
        (bot.Time.GetUtcNow() - begin).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(60));
        next.End();
    }
}
