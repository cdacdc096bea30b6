using System.Net;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Rest;

namespace CodeInterpreter.Discord.Tests.Platform.Rest;

public sealed class RepetitionTests : IDisposable
{
    private readonly RestFixture _fixture = new();

    private ScriptedDiscord Discord => _fixture.Discord;

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(401, 50027)]
    [InlineData(403, 50013)]
    [InlineData(404, 10015)]
    [InlineData(404, 10062)]
    [InlineData(400, 50035)]
    public async Task ARefusal_IsNeverRepeated(int status, int code)
    {
        Discord.Then(status, $$"""{"code": {{code}}, "message": "no"}""");

        var refused = await Should.ThrowAsync<DiscordRestException>(_fixture.EditAsync());

        Discord.Calls.ShouldHaveSingleItem();
        ((int)refused.Status!).ShouldBe(status);
        refused.Code.ShouldBe(code);
        refused.Message.ShouldEndWith($"with {status} {code}: no");
        refused.Message.ShouldNotContain("token}/token");
    }

    [Fact]
    public async Task AnEdit_IsRepeatedAfterGrowingPauses_WhileDiscordIsBroken()
    {
        Discord.Then(500).Then(502, "<html>").ThenFails(HttpRequestError.ResponseEnded).Then(503).Then(200);

        await _fixture.EditAsync();

        _fixture.CallTimes.ShouldBe([0, 0.5, 1.5, 3.5, 7.5]);
    }

    [Fact]
    public async Task AnEdit_IsGivenUpAfterFiveAttempts()
    {
        for (var i = 0; i < 9; i++)
            Discord.Then(500);

        (await Should.ThrowAsync<DiscordRestException>(_fixture.EditAsync())).Status.ShouldBe(HttpStatusCode.InternalServerError);

        Discord.Calls.Count.ShouldBe(5);
    }

    [Fact]
    public async Task AFollowUp_IsNotRepeated_WhereItMayHaveBeenSent()
    {
        Discord.Then(500);
        await Should.ThrowAsync<DiscordRestException>(_fixture.FollowUpAsync());
        Discord.ThenFails(HttpRequestError.ResponseEnded);
        (await Should.ThrowAsync<DiscordRestException>(_fixture.FollowUpAsync())).Status.ShouldBeNull();

        Discord.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task AFollowUp_IsRepeated_WhereThereWasNoConnection()
    {
        Discord.ThenFails(HttpRequestError.ConnectionError).ThenFails(HttpRequestError.NameResolutionError).Then(200);

        await _fixture.FollowUpAsync();

        Discord.Calls.Count.ShouldBe(3);
    }

    [Fact]
    public async Task AFirstAnswer_ThatHadArrived_IsASuccess_AtItsRepetition()
    {
        Discord.Then(500).Then(400, """{"code": 40060, "message": "already acknowledged"}""");

        await AnswerAsync();

        Discord.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task AFirstAnswer_ThatSomebodyElseHasGiven_IsAFailure()
    {
        Discord.Then(400, """{"code": 40060, "message": "already acknowledged"}""");

        (await Should.ThrowAsync<DiscordRestException>(AnswerAsync())).Code.ShouldBe(40060);
    }

    [Fact]
    public async Task ARefusedBotToken_IsNotSentAgain()
    {
        Discord.Then(401, """{"code": 0, "message": "401: Unauthorized"}""");

        for (var i = 0; i < 3; i++)
            await Should.ThrowAsync<DiscordRestException>(_fixture.Rest.GetGatewayAsync(CancellationToken.None));
        await _fixture.EditAsync();

        Discord
            .Calls.Select(call => call.Line)
            .ShouldBe(["GET /api/v10/gateway/bot", "PATCH /api/v10/webhooks/2/token/messages/@original"]);
    }

    [Fact]
    public async Task AfterTooManyRefusals_NothingIsSent_UntilTheyAreTenMinutesOld()
    {
        for (var i = 0; i < InvalidAnswers.Most; i++)
            _fixture.Invalid.Add(HttpStatusCode.Forbidden, isShared: false);
        await Should.ThrowAsync<DiscordRestException>(_fixture.EditAsync());
        Discord.Calls.ShouldBeEmpty();

        _fixture.Time.Advance(TimeSpan.FromMinutes(10));
        await _fixture.EditAsync();

        Discord.Calls.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, false, true)]
    [InlineData(HttpStatusCode.Forbidden, false, true)]
    [InlineData(HttpStatusCode.TooManyRequests, false, true)]
    [InlineData(HttpStatusCode.TooManyRequests, true, false)]
    [InlineData(HttpStatusCode.NotFound, false, false)]
    [InlineData(HttpStatusCode.InternalServerError, false, false)]
    public void WhatDiscordHoldsAgainstUs_IsCounted(HttpStatusCode status, bool isShared, bool isCounted)
    {
        for (var i = 0; i < InvalidAnswers.Most; i++)
            _fixture.Invalid.Add(status, isShared);

        _fixture.Invalid.AreTooMany.ShouldBe(isCounted);
    }

    private Task AnswerAsync() =>
        _fixture.Rest.AnswerAsync("1", RestFixture.Token, InteractionResponse.DeferredMessage(ephemeral: false), CancellationToken.None);
}
