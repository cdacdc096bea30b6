using System.Net;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Rest;

namespace CodeInterpreter.Discord.Tests.Platform.Rest;

public sealed class RateLimitTests : IDisposable
{
    private static readonly InteractionToken Other = new("2", "other");

    private readonly RestFixture _fixture = new();

    private ScriptedDiscord Discord => _fixture.Discord;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task ACall_ThatCameTooSoon_IsRepeated_WhenDiscordSays()
    {
        Discord.Then(429, """{"message": "slow down", "retry_after": 0.65, "global": false}""", "Retry-After: 1").Then(200);

        await _fixture.EditAsync();

        _fixture.CallTimes.ShouldBe([0, 0.65]);
    }

    [Fact]
    public async Task ACall_ThatCameTooSoon_WaitsForTheHeader_WhereTheBodySaysNothing()
    {
        Discord.Then(429, "<html>", "Retry-After: 3").Then(200);

        await _fixture.EditAsync();

        _fixture.CallTimes.ShouldBe([0, 3]);
    }

    [Fact]
    public async Task AFollowUp_ThatCameTooSoon_IsRepeated_AsItWasNotSent()
    {
        Discord.Then(429, """{"retry_after": 1}""").Then(200);

        await _fixture.FollowUpAsync();

        _fixture.CallTimes.ShouldBe([0, 1]);
    }

    [Fact]
    public async Task AnEmptyBucket_IsWaitedFor_BeforeTheNextCall()
    {
        Discord.Then(200, headers: ["X-RateLimit-Bucket: b", "X-RateLimit-Remaining: 0", "X-RateLimit-Reset-After: 1.5"]);

        await _fixture.EditAsync();
        await _fixture.EditAsync();

        _fixture.CallTimes.ShouldBe([0, 1.5]);
    }

    [Fact]
    public async Task ABucketWithSomethingLeft_IsNotWaitedFor()
    {
        Discord.Then(200, headers: ["X-RateLimit-Bucket: b", "X-RateLimit-Remaining: 1", "X-RateLimit-Reset-After: 1.5"]);

        await _fixture.EditAsync();
        await _fixture.EditAsync();

        _fixture.CallTimes.ShouldBe([0, 0]);
    }

    [Fact]
    public async Task AnEmptyBucket_DoesNotDelayOtherInteractions()
    {
        Discord.Then(200, headers: ["X-RateLimit-Bucket: b", "X-RateLimit-Remaining: 0", "X-RateLimit-Reset-After: 1.5"]);

        await _fixture.EditAsync();
        await _fixture.EditAsync(Other);

        _fixture.CallTimes.ShouldBe([0, 0]);
    }

    [Fact]
    public async Task TwoRoutes_OfOneBucket_WaitForEachOther()
    {
        string[] left = ["X-RateLimit-Bucket: b", "X-RateLimit-Remaining: 4", "X-RateLimit-Reset-After: 2"];
        string[] empty = ["X-RateLimit-Bucket: b", "X-RateLimit-Remaining: 0", "X-RateLimit-Reset-After: 2"];
        Discord.Then(200, headers: left).Then(200, headers: left).Then(200, headers: empty);

        await _fixture.EditAsync();
        await _fixture.FollowUpAsync();
        await _fixture.EditAsync();
        await _fixture.FollowUpAsync();

        _fixture.CallTimes.ShouldBe([0, 0, 0, 2]);
    }

    [Theory]
    [InlineData("X-RateLimit-Global: true", "false", true)]
    [InlineData("X-RateLimit-Scope: global", "false", true)]
    [InlineData("X-RateLimit-Scope: user", "true", true)]
    [InlineData("X-RateLimit-Scope: user", "false", false)]
    [InlineData("X-RateLimit-Scope: shared", "false", false)]
    public async Task TheGlobalLimit_DelaysOtherInteractions(string header, string inBody, bool isGlobal)
    {
        // Longer than any call waits, so that both fail where both have to wait.
        Discord.Then(429, $$"""{"retry_after": 200, "global": {{inBody}}}""", header);
        await Should.ThrowAsync<DiscordRestException>(_fixture.EditAsync());

        var other = _fixture.EditAsync(Other);

        if (isGlobal)
            (await Should.ThrowAsync<DiscordRestException>(other)).Message.ShouldContain("200 s");
        else
            await other;
        Discord.Calls.Count.ShouldBe(isGlobal ? 1 : 2);
    }

    [Fact]
    public async Task ALongWait_IsLeftToTheCaller()
    {
        Discord.Then(429, """{"retry_after": 121}""");

        var refused = await Should.ThrowAsync<DiscordRestException>(_fixture.EditAsync());

        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        _fixture.Time.Waits.ShouldBeEmpty();
    }

    [Fact]
    public async Task ACall_ThatAlwaysComesTooSoon_IsGivenUpAfterFiveAttempts()
    {
        for (var i = 0; i < 9; i++)
            Discord.Then(429, """{"retry_after": 1}""");

        await Should.ThrowAsync<DiscordRestException>(_fixture.EditAsync());

        _fixture.CallTimes.ShouldBe([0, 1, 2, 3, 4]);
    }

    [Fact]
    public async Task TheBucketsOfOldInteractions_AreForgotten()
    {
        for (var i = 0; i < 50; i++)
            await _fixture.EditAsync(new InteractionToken("2", $"token{i}"));
        _fixture.Time.Advance(TimeSpan.FromMinutes(2));

        await _fixture.EditAsync();

        _fixture.Limits.Count.ShouldBe(1);
    }
}
