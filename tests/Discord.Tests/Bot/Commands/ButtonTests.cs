using System.Text;
using CodeInterpreter.Client;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Messages;
using static CodeInterpreter.Discord.Tests.Bot.Interactions;

namespace CodeInterpreter.Discord.Tests.Bot.Commands;

public sealed class ButtonTests : IAsyncDisposable
{
    private const string ManageMessages = "8192";
    private const string Administrator = "8";

    private readonly BotFixture _bot = new();

    [Fact]
    public async Task RunAgain_RunsTheSameCodeWithTheSameFiles_InANewMessage()
    {
        _bot.Attachments.Serve(Url("7", "a.csv"), "x"u8.ToArray());
        await _bot.SendAndFinishAsync(
            Command("1", "run", ("code", "print(input())"), ("stdin", "Ada"), ("file1", "7")).With(Attachment("7", "a.csv", 1))
        );

        (await _bot.SendAndFinishAsync(Button("2", "again:1"))).Type.ShouldBe(ResponseType.DeferredMessage);

        _bot.Interpreter.Executions.Count.ShouldBe(2);
        var (first, second) = (_bot.Interpreter.Executions[0].Request, _bot.Interpreter.Executions[1].Request);
        (second.Code, second.Stdin, second.IdempotencyKey).ShouldBe((first.Code, first.Stdin, "2"));
        second.Files.Select(file => (file.FileId, file.Filename)).ShouldBe(first.Files.Select(file => (file.FileId, file.Filename)));
        _bot.Attachments.Called.Count.ShouldBe(1);
        _bot.Discord.Sent[^1].Token.Token.ShouldBe("token-2");
        _bot.Discord.Sent[^1].Buttons.ShouldContain("again:2");
    }

    [Fact]
    public async Task RunAgain_BySomebodyElse_IsRefused_EvenByAModerator()
    {
        await _bot.SendAndFinishAsync(Run("1", "print(1)"));
        BotFixture.PrivateText(await _bot.SendAsync(Button("2", "again:1").By(Bob, ManageMessages))).ShouldContain("Only the one who ran");
        _bot.Interpreter.Executions.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("again:1")]
    [InlineData("again:")]
    [InlineData("output:1")]
    [InlineData("output:'; DROP TABLE requests; --")]
    public async Task AButton_OfCodeThatIsNotKept_SaysSo(string customId) =>
        BotFixture.PrivateText(await _bot.SendAsync(Button("2", customId))).ShouldContain("older than 48 hours");

    [Theory]
    [InlineData(Ada, "0", true)]
    [InlineData(Bob, ManageMessages, true)]
    [InlineData(Bob, Administrator, true)]
    [InlineData(Bob, "0", false)]
    [InlineData(Bob, "4096", false)]
    public async Task Delete_IsForTheAuthorAndModerators(string user, string permissions, bool isAllowed)
    {
        var first = await _bot.SendAndFinishAsync(Button("2", "delete:1", author: Ada).By(user, permissions));

        if (isAllowed)
        {
            first.Type.ShouldBe(ResponseType.DeferredUpdate);
            var sent = _bot.Discord.Sent.ShouldHaveSingleItem();
            (sent.Kind, sent.Token.Token).ShouldBe(("delete", "token-2"));
        }
        else
        {
            BotFixture.PrivateText(first).ShouldContain("may delete");
            _bot.Discord.Sent.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Delete_WhereTheMessageNamesNobody_GoesByTheRequest()
    {
        await _bot.SendAndFinishAsync(Run("1", "print(1)"));
        BotFixture.PrivateText(await _bot.SendAsync(Button("2", "delete:1", author: null).By(Bob))).ShouldContain("may delete");
        (await _bot.SendAsync(Button("3", "delete:1", author: null))).Type.ShouldBe(ResponseType.DeferredUpdate);
        BotFixture.PrivateText(await _bot.SendAsync(Button("4", "delete:unknown", author: null))).ShouldContain("may delete");
    }

    [Fact]
    public async Task FullOutput_IsOfferedForCutOutput_AndShownToItsUserAlone()
    {
        var output = string.Concat(Enumerable.Range(1, 300).Select(number => $"line {number}\n"));
        _bot.Interpreter.Result = new ExecutionResult { Outcome = Outcome.Succeeded, Output = output };
        await _bot.SendAndFinishAsync(Run("1", "print(1)"));
        _bot.Discord.Sent[^1].Buttons.ShouldBe(["again:1", "output:1", "delete:1"]);

        BotFixture.PrivateText(await _bot.SendAsync(Button("2", "output:1").By(Bob, ManageMessages))).ShouldContain("Only the one who ran");

        var first = await _bot.SendAndFinishAsync(Button("3", "output:1"));
        first.Data.ShouldBe(new DeferredBody(MessageFlags.Ephemeral));
        var sent = _bot.Discord.Sent[^1];
        sent.Text.ShouldStartWith("```ansi\nline 1\n");
        sent.Text.Length.ShouldBeInRange(1000, 2000);
        Encoding.UTF8.GetString(sent.Files.ShouldHaveSingleItem().Content).ShouldBe(output);
    }

    [Fact]
    public async Task FullOutput_OfAResultThatIsGone_SaysSo()
    {
        await _bot.SendAndFinishAsync(Run("1", "print(1)"));
        await _bot.Interpreter.DeleteAllAsync(Ada, TestContext.Current.CancellationToken);
        await _bot.SendAndFinishAsync(Button("2", "output:1"));
        _bot.Discord.Sent[^1].Text.ShouldContain("no such file or execution");
    }

    public ValueTask DisposeAsync() => _bot.DisposeAsync();
}
