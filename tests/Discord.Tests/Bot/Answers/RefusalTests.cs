using System.Net;
using CodeInterpreter.Client;
using CodeInterpreter.Discord.Bot.Answers;
using CodeInterpreter.Discord.Bot.Requests;
using CodeInterpreter.Discord.Platform.Rest;
using static CodeInterpreter.Discord.Tests.Bot.Interactions;

namespace CodeInterpreter.Discord.Tests.Bot.Answers;

public sealed class RefusalTests : IAsyncDisposable
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(20);

    private readonly BotFixture _bot = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.RequestEntityTooLarge, 40005)]
    [InlineData(HttpStatusCode.BadRequest, 50035)]
    [InlineData(HttpStatusCode.Forbidden, 50013)]
    public async Task FilesThatDiscordRefuses_AreLeftOut_AndTheirIdsStay(HttpStatusCode status, int code)
    {
        var files = GiveFiles(1);
        _bot.Discord.Refuse = sent =>
        {
            if (sent.Files.Count > 0)
                throw new DiscordRestException(status, code, "No files.");
        };

        await _bot.SendAndFinishAsync(Run("1", "write()"));

        var sent = _bot.Discord.Sent.ShouldHaveSingleItem();
        sent.Text.ShouldStartWith("✅ Done.");
        sent.Text.ShouldContain(files[0].FileId);
        sent.Text.ShouldContain("could not be attached");
        sent.Buttons.ShouldContain("again:1");
        (await PendingAsync("1")).ShouldBeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public async Task FilesThatCannotBeRead_AreLeftOut_AndTheirIdsStay(int count)
    {
        var files = GiveFiles(count);
        await _bot.Interpreter.DeleteFileAsync(Ada, files[^1].FileId, Token);

        await _bot.SendAndFinishAsync(Run("1", "write()"));

        _bot.Discord.Sent[0].Text.ShouldStartWith("✅ Done.");
        _bot.Discord.Sent[^1].Text.ShouldContain(files[^1].FileId);
        _bot.Discord.Sent[^1].Files.ShouldBeEmpty();
        (await PendingAsync("1")).ShouldBeNull();
    }

    [Theory]
    [InlineData(HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task AFurtherMessageThatDiscordRefuses_LeavesTheFirstOneAsItIs(HttpStatusCode status)
    {
        GiveFiles(12);
        _bot.Discord.Refuse = sent =>
        {
            if (sent.Kind == "follow-up")
                throw new DiscordRestException(status, 0, "No.");
        };

        await _bot.SendAndFinishAsync(Run("1", "write()"));

        _bot.Discord.Sent.ShouldHaveSingleItem().Text.ShouldStartWith("✅ Done.");
        (await PendingAsync("1")).ShouldBeNull();
    }

    [Fact]
    public async Task WhereDiscordHasTakenTooManyCalls_TheAnswerWaits_AndEachMessageIsSentOnce()
    {
        GiveFiles(12);
        var isFull = true;
        _bot.Discord.Refuse = sent =>
        {
            if (isFull && sent.Kind == "follow-up")
                throw new DiscordRestException(HttpStatusCode.TooManyRequests, 0, "Too many.");
        };
        await _bot.SendAndFinishAsync(Run("1", "write()"));
        _bot.Discord.Sent.Select(sent => sent.Kind).ShouldBe(["edit"]);

        isFull = false;
        await TakeOverAsync(async _ => await FinishedAsync("1"));

        _bot.Discord.Sent.Select(sent => sent.Kind).ShouldBe(["edit", "follow-up"]);
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(null)]
    public async Task ATextInPlaceOfAResult_ThatDiscordDoesNotTakeNow_IsOwedStill(HttpStatusCode? status)
    {
        _bot.Discord.Refuse = sent =>
            throw (
                sent.Text.StartsWith('✅')
                    ? new DiscordRestException(HttpStatusCode.BadRequest, 50035, "No.")
                    : new DiscordRestException(status, 0, "Not now.")
            );

        await _bot.SendAndFinishAsync(Run("1", "print(42)"));

        (await PendingAsync("1")).ShouldNotBeNull();
    }

    [Fact]
    public async Task AResultThatPeopleSee_IsNotReplacedByLiveOutput()
    {
        var execution = await OweFurtherMessagesAsync();

        await TakeOverAsync(async bot =>
        {
            await bot.Interpreter.NextFollowedAsync();
            execution.Print("late\n");
            await execution.ReadAsync();
            bot.Time.Advance(LiveAnswer.EditInterval);
            execution.Finish(new ExecutionResult { Outcome = Outcome.Succeeded });
            await FinishedAsync("1");
        });

        _bot.Discord.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task AResultThatPeopleSee_IsNotReplacedByATextAboutTheTime()
    {
        await OweFurtherMessagesAsync();

        await TakeOverAsync(async bot =>
        {
            await bot.Interpreter.NextFollowedAsync();
            bot.Time.Advance(TimeSpan.FromMinutes(14.5));
            await FinishedAsync("1");
        });

        _bot.Discord.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task AResultThatPeopleSee_IsNotReplacedByAFailure()
    {
        await OweFurtherMessagesAsync();
        _bot.Interpreter.FollowFailure = new CodeInterpreterException(ErrorReasons.NotFound, "Deleted.");

        await TakeOverAsync(async _ => await FinishedAsync("1"));

        _bot.Discord.Sent.ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => _bot.DisposeAsync();

    private List<StoredFile> GiveFiles(int count)
    {
        var files = Enumerable.Range(0, count).Select(number => _bot.Interpreter.Store(Ada, $"{number}.csv", [1])).ToList();
        _bot.Interpreter.Result = new ExecutionResult
        {
            Outcome = Outcome.Succeeded,
            GeneratedFiles =
            [
                .. files.Select(file => new GeneratedFile
                {
                    FileId = file.FileId,
                    Filename = file.Filename,
                    Size = 1,
                }),
            ],
        };
        return files;
    }

    // As a process leaves it that dies after the first message.
    private async Task<FakeExecution> OweFurtherMessagesAsync()
    {
        _bot.Interpreter.Result = null;
        var now = _bot.Time.GetUtcNow();
        var id = await _bot.Interpreter.SubmitAsync(Ada, new ExecutionRequest("slow()") { IdempotencyKey = "1" }, Token);
        var request = new StoredRequest
        {
            Id = "1",
            UserId = Ada,
            ReceivedAt = now,
            Code = new RequestedCode { Code = "slow()" },
            ExecutionId = id,
            Answer = new PendingAnswer
            {
                ApplicationId = "99",
                Token = "token-1",
                ExpiresAt = now.AddMinutes(15),
                MaxFileBytes = 1000,
                MessagesSent = 1,
            },
        };
        await _bot.Store.AddAsync(request, new Lease("dead", now), now, Token);
        return _bot.Interpreter.Executions.Single();
    }

    private async Task TakeOverAsync(Func<BotFixture, Task> meanwhile)
    {
        _bot.Time.Advance(LeaseTime);
        await using var next = new BotFixture(_bot);
        await next.StartAsync();
        await meanwhile(next);
    }

    private async Task<PendingAnswer?> PendingAsync(string id) => (await _bot.Store.FindAsync(id, Token))!.Answer;

    private async Task FinishedAsync(string id)
    {
        while (await PendingAsync(id) is not null)
            await Task.Yield();
    }
}
