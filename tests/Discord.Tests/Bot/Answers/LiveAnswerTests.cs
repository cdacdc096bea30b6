using CodeInterpreter.Client;
using CodeInterpreter.Discord.Bot.Answers;
using CodeInterpreter.Discord.Platform.Rest;
using static CodeInterpreter.Discord.Tests.Bot.Interactions;

namespace CodeInterpreter.Discord.Tests.Bot.Answers;

public sealed class LiveAnswerTests : IAsyncDisposable
{
    private static readonly ExecutionResult Done = new() { Outcome = Outcome.Succeeded, Output = "all\n" };

    private readonly BotFixture _bot = new();

    public LiveAnswerTests() => _bot.Interpreter.Result = null;

    [Fact]
    public async Task OutputAppears_WithEachInterval_AndTheResultReplacesIt()
    {
        await _bot.SendAsync(Run("1", "slow()"));
        var execution = await _bot.Interpreter.NextFollowedAsync();
        execution.Add(new ExecutionEvent.Started(_bot.Time.GetUtcNow(), Again: false));
        execution.Print("first\n");

        (await NextEditAsync(execution)).ShouldBe("⏳ Running …\n```ansi\nfirst\n```");
        execution.Add(new ExecutionEvent.Stderr("second\n"));
        (await NextEditAsync(execution)).ShouldBe("⏳ Running …\n```ansi\nfirst\nsecond\n```");

        execution.Finish(Done);
        await _bot.FinishAsync();
        _bot.Discord.Sent[^1].Text.ShouldBe("✅ Done.\n```ansi\nall\n```");
    }

    [Fact]
    public async Task BeforeTheInterval_NothingIsEdited()
    {
        await _bot.SendAsync(Run("1", "slow()"));
        var execution = await _bot.Interpreter.NextFollowedAsync();
        execution.Print("first\n");
        _bot.Time.Advance(LiveAnswer.EditInterval - TimeSpan.FromMilliseconds(1));
        execution.Finish(Done);
        await _bot.FinishAsync();

        _bot.Discord.Sent.ShouldHaveSingleItem().Text.ShouldStartWith("✅ Done.");
    }

    [Fact]
    public async Task WhatWaits_SaysSo_AndWhatStartsAgainDropsItsOutput()
    {
        await _bot.SendAsync(Run("1", "slow()"));
        var execution = await _bot.Interpreter.NextFollowedAsync();
        execution.Add(new ExecutionEvent.Queued(3));
        (await NextEditAsync(execution)).ShouldBe("⏳ Waiting. Your executions before it: 3.");

        execution.Add(new ExecutionEvent.Started(_bot.Time.GetUtcNow(), Again: false));
        execution.Print("lost\n");
        execution.Add(new ExecutionEvent.Started(_bot.Time.GetUtcNow(), Again: true));
        execution.Print("again\n");
        (await NextEditAsync(execution)).ShouldBe("⏳ Running again, because its runner was lost …\n```ansi\nagain\n```");
    }

    [Fact]
    public async Task AFlood_ShowsItsEnd_WithinDiscordsLimit()
    {
        await _bot.SendAsync(Run("1", "flood()"));
        var execution = await _bot.Interpreter.NextFollowedAsync();
        execution.Add(new ExecutionEvent.Started(_bot.Time.GetUtcNow(), Again: false));
        for (var number = 0; number < 3000; number++)
            execution.Print($"😀 line {number}\n");

        var text = (await NextEditAsync(execution));
        text.Length.ShouldBeLessThanOrEqualTo(2000);
        text.ShouldContain("line 2990\n");
        text.ShouldNotContain("line 2989\n");
    }

    [Fact]
    public async Task AnEditThatIsRefused_DoesNotStopTheResult()
    {
        _bot.Discord.Refuse = sent =>
        {
            if (sent.Text.StartsWith('⏳'))
                throw new DiscordRestException(System.Net.HttpStatusCode.TooManyRequests, 0, "Too many.");
        };
        await _bot.SendAsync(Run("1", "slow()"));
        var execution = await _bot.Interpreter.NextFollowedAsync();
        _bot.Time.Advance(LiveAnswer.EditInterval);
        execution.Finish(Done);
        await _bot.FinishAsync();

        _bot.Discord.Sent.ShouldHaveSingleItem().Text.ShouldStartWith("✅ Done.");
    }

    private async Task<string> NextEditAsync(FakeExecution execution)
    {
        await execution.ReadAsync();
        _bot.Time.Advance(LiveAnswer.EditInterval);
        return (await _bot.Discord.NextAsync()).Text;
    }

    public ValueTask DisposeAsync() => _bot.DisposeAsync();
}
