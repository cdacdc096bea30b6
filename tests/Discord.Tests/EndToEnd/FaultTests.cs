using CodeInterpreter.Discord.Tests.Judges;
using CodeInterpreter.TestDiscord.Conversations;
using CodeInterpreter.TestDiscord.Model;
using CodeInterpreter.TestDiscord.Rest;

namespace CodeInterpreter.Discord.Tests.EndToEnd;

/// <summary>An API that refuses, fails or breaks off: the answer arrives all the same, once, and nothing is repeated in vain.</summary>
public sealed class FaultTests(FaultTests.Fixture bot) : IClassFixture<FaultTests.Fixture>
{
    private const string Edit = "/messages/@original$";

    private readonly DiscordServer _discord = bot.Discord;
    private readonly Person _ada = bot.Discord.NewPerson("Ada");

    [Theory]
    [InlineData("user")]
    [InlineData("shared")]
    [InlineData("global")]
    public async Task TooManyRequests_AreRepeatedAfterTheTimeThatDiscordNames(string scope)
    {
        var pause = new Fault.TooMany(TimeSpan.FromSeconds(0.4), scope);
        _discord.Faults.Plan("PATCH", Edit, pause, pause);

        await ShouldArriveAsync();

        _discord.Limits.TooEarly.ShouldBe(0);
    }

    [Fact]
    public async Task ServerErrorsAndBrokenConnections_AreRepeatedForEdits()
    {
        _discord.Faults.Plan("PATCH", Edit, Fault.Unavailable, new Fault.Break(), new Fault.Error(500, 0, ""));

        await ShouldArriveAsync();
    }

    [Fact]
    public async Task AnEditWhoseAnswerIsLost_IsDoneOnce()
    {
        _discord.Faults.Plan("PATCH", Edit, new Fault.Break(AfterDoing: true));

        var run = await ShouldArriveAsync();

        run.Original!.Files.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AFollowUpThatMayHaveArrived_IsNotSentTwice()
    {
        _discord.Faults.Plan("POST", "^/webhooks/", new Fault.Break(AfterDoing: true));

        var run = await bot.RunAsync(_ada, "for i in range(12): open(f'{i:02}.txt', 'w').write('x')");
        await Eventually.TrueAsync(() => run.FollowUps.Count > 0);
        await bot.RunAsync(_ada, "print('later')");

        run.FollowUps.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(404, 10015, "Unknown Webhook")]
    [InlineData(401, 50027, "Invalid Webhook Token")]
    [InlineData(403, 50001, "Missing Access")]
    public async Task WhatIsGoneOrForbidden_IsNotRepeated(int status, int code, string message)
    {
        _discord.Faults.Plan("PATCH", Edit, new Fault.Error(status, code, message));

        var run = await _discord.SlashAsync(_ada, "run", ("code", "print('lost')"));
        await Eventually.TrueAsync(() => RequestsOf(run).Any(request => request.Status == status));
        // The next one is served: nothing waits for the first.
        (await bot.RunAsync(_ada, "print('next')")).Original!.Content.ShouldContain("next");

        RequestsOf(run).Count(request => request.Status == status).ShouldBe(1);
        // At most once more, to say that the answer could not be sent.
        RequestsOf(run).Count(request => request.Method == "PATCH").ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task AnUnknownInteraction_IsAnsweredOnce()
    {
        _discord.Faults.Plan("POST", "/callback$", Fault.UnknownInteraction);

        var run = await _discord.SlashAsync(_ada, "run", ("code", "print('late')"));
        await Eventually.TrueAsync(() => Callbacks(run) > 0);
        (await bot.RunAsync(_discord.NewPerson("Bob"), "print('next')")).Original!.Content.ShouldContain("next");

        Callbacks(run).ShouldBe(1);

        int Callbacks(Conversation conversation) =>
            _discord.Requests.Count(request => request.Path.StartsWith($"/interactions/{conversation.Id}/"));
    }

    private IEnumerable<RecordedRequest> RequestsOf(Conversation run) =>
        _discord.Requests.Where(request => request.Path.Contains(run.Token));

    private async Task<Conversation> ShouldArriveAsync()
    {
        var run = await bot.RunAsync(_ada, "open('a.txt', 'w').write('x')\nprint('arrived')");

        run.Original!.Content.ShouldContain("arrived");
        _discord.Faults.Left.ShouldBe(0);
        return run;
    }

    /// <summary>A bot of its own, as faults strike whatever comes next.</summary>
    public sealed class Fixture(Product product, NodePackages packages) : BotFixture(product, packages, overHttp: false);
}
