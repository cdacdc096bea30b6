using System.Net;
using CodeInterpreter.Client;
using CodeInterpreter.Discord.Platform.Rest;
using static CodeInterpreter.Discord.Tests.Bot.Interactions;

namespace CodeInterpreter.Discord.Tests.Bot.Answers;

public sealed class RestartTests : IAsyncDisposable
{
    private static readonly ExecutionResult Done = new() { Outcome = Outcome.Succeeded, Output = "42\n" };
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(20);

    private readonly BotFixture _bot = new();

    [Fact]
    public async Task ABotThatStopsInMidExecution_AnswersAfterItsRestart_AndTheCodeRunsOnce()
    {
        _bot.Interpreter.Result = null;
        await _bot.SendAsync(Run("1", "slow()"));
        var execution = await _bot.Interpreter.NextFollowedAsync();
        await _bot.StopAsync();

        await using var next = new BotFixture(_bot);
        await next.StartAsync();
        await _bot.Interpreter.NextFollowedAsync();
        execution.Finish(Done);

        var sent = await _bot.Discord.NextAsync();
        (sent.Token.Token, sent.Text).ShouldBe(("token-1", "✅ Done.\n```ansi\n42\n```"));
        _bot.Interpreter.Executions.Count.ShouldBe(1);
    }

    // Nothing says that the process is gone: its lease expires.
    [Fact]
    public async Task ABotThatDies_BeforeItHasDoneAnything_IsSucceeded()
    {
        await DieAfterTheFirstAnswerAsync();
        _bot.Time.Advance(LeaseTime);

        await using var next = new BotFixture(_bot);
        await next.StartAsync();

        (await _bot.Discord.NextAsync()).Text.ShouldBe("✅ Done.\n```ansi\n42\n```");
    }

    [Fact]
    public async Task AnAnswer_ThatAnotherReplicaGives_IsLeftToIt()
    {
        _bot.Interpreter.Result = null;
        await _bot.SendAsync(Run("1", "slow()"));
        var execution = await _bot.Interpreter.NextFollowedAsync();

        await using var other = new BotFixture(_bot);
        await other.StartAsync();
        execution.Finish(Done);
        await _bot.FinishAsync();

        _bot.Discord.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task MessagesThatWereSent_AreNotSentAgain()
    {
        _bot.Interpreter.Result = Done with
        {
            GeneratedFiles =
            [
                .. Enumerable
                    .Range(0, 25)
                    .Select(number => _bot.Interpreter.Store(Ada, $"{number}.csv", [1]))
                    .Select(file => new GeneratedFile
                    {
                        FileId = file.FileId,
                        Filename = file.Filename,
                        Size = 1,
                    }),
            ],
        };
        var isDown = true;
        _bot.Discord.Refuse = sent =>
        {
            if (isDown && _bot.Discord.Sent.Count == 2)
                throw new DiscordRestException(HttpStatusCode.BadGateway, 0, "Down.");
        };
        await _bot.SendAndFinishAsync(Run("1", "write()"));
        _bot.Discord.Sent.Select(sent => sent.Kind).ShouldBe(["edit", "follow-up"]);

        isDown = false;
        _bot.Time.Advance(LeaseTime);
        await using var next = new BotFixture(_bot);
        await next.StartAsync();
        await EventuallyAnsweredAsync("1");

        // Whether the message that failed had arrived is not known: it is not sent twice.
        _bot.Discord.Sent.Select(sent => sent.Kind).ShouldBe(["edit", "follow-up"]);
    }

    [Fact]
    public async Task WhileDiscordIsDown_TheAnswerWaits()
    {
        var isDown = true;
        _bot.Discord.Refuse = _ =>
        {
            if (isDown)
                throw new DiscordRestException(HttpStatusCode.ServiceUnavailable, 0, "Down.");
        };
        await _bot.SendAndFinishAsync(Run("1", "print(42)"));
        _bot.Discord.Sent.ShouldBeEmpty();

        isDown = false;
        _bot.Time.Advance(LeaseTime);
        await using var next = new BotFixture(_bot);
        await next.StartAsync();

        (await _bot.Discord.NextAsync()).Text.ShouldStartWith("✅ Done.");
        _bot.Interpreter.Executions.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, 10062)]
    [InlineData(HttpStatusCode.Unauthorized, 50027)]
    public async Task AnAnswerThatNobodyWaitsFor_IsGivenUp(HttpStatusCode status, int code)
    {
        _bot.Discord.Refuse = _ => throw new DiscordRestException(status, code, "Gone.");
        await _bot.SendAndFinishAsync(Run("1", "print(42)"));
        (await _bot.Store.FindAsync("1", TestContext.Current.CancellationToken))!.Answer.ShouldBeNull();
    }

    [Fact]
    public async Task AnAnswerThatDiscordRefuses_IsReplacedByAText()
    {
        _bot.Discord.Refuse = sent =>
        {
            if (sent.Text.StartsWith('✅'))
                throw new DiscordRestException(HttpStatusCode.RequestEntityTooLarge, 40005, "Too large.");
        };
        await _bot.SendAndFinishAsync(Run("1", "print(42)"));
        _bot.Discord.Sent.ShouldHaveSingleItem().Text.ShouldContain("Discord refused it");
    }

    [Fact]
    public async Task WhileTheServiceIsAway_AnAcceptedExecutionWaits_AndIsAnsweredLater()
    {
        _bot.Interpreter.FollowFailure = new CodeInterpreterException(ErrorReasons.Unavailable, "Away.");
        await _bot.SendAndFinishAsync(Run("1", "print(42)"));
        _bot.Discord.Sent.ShouldBeEmpty();

        _bot.Interpreter.FollowFailure = null;
        _bot.Time.Advance(LeaseTime);
        await using var next = new BotFixture(_bot);
        await next.StartAsync();
        (await _bot.Discord.NextAsync()).Text.ShouldStartWith("✅ Done.");
    }

    [Fact]
    public async Task WhileTheServiceIsAway_ANewRequestIsToldSo()
    {
        _bot.Interpreter.SubmitFailure = new CodeInterpreterException(ErrorReasons.Unavailable, "Away.");
        await _bot.SendAndFinishAsync(Run("1", "print(42)"));
        _bot.Discord.Sent.ShouldHaveSingleItem().Text.ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task WhatDoesNotFitIntoDiscords15Minutes_IsStopped_AndSaid()
    {
        _bot.Interpreter.Result = null;
        await _bot.SendAsync(Run("1", "slow()"));
        var execution = await _bot.Interpreter.NextFollowedAsync();
        _bot.Time.Advance(TimeSpan.FromMinutes(14.5));
        await _bot.FinishAsync();

        _bot.Interpreter.Cancelled.ShouldBe([execution.Id]);
        _bot.Discord.Sent[^1].Text.ShouldContain("15 minutes only");
    }

    public ValueTask DisposeAsync() => _bot.DisposeAsync();

    // The work behind the answer never starts.
    private async Task DieAfterTheFirstAnswerAsync()
    {
        var request = Run("1", "print(42)");
        var answer = await _bot.HandleAsync(request);
        answer.Continuation.ShouldNotBeNull();
    }

    private async Task EventuallyAnsweredAsync(string id)
    {
        var token = TestContext.Current.CancellationToken;
        while ((await _bot.Store.FindAsync(id, token))!.Answer is not null)
            await Task.Yield();
    }
}
