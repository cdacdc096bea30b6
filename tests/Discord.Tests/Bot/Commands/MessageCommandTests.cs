using CodeInterpreter.Discord.Platform.Messages;
using static CodeInterpreter.Discord.Tests.Bot.Interactions;

namespace CodeInterpreter.Discord.Tests.Bot.Commands;

public sealed class MessageCommandTests : IAsyncDisposable
{
    private readonly BotFixture _bot = new();

    private FakeExecution Execution => _bot.Interpreter.Executions.ShouldHaveSingleItem();

    [Fact]
    public async Task AMessage_WithSeveralBlocksAndAttachments_RunsAllOfThem()
    {
        _bot.Attachments.Serve(Url("7", "more.py"), "print(3)"u8.ToArray());
        _bot.Attachments.Serve(Url("8", "data.csv"), "x"u8.ToArray());
        var message = new Message
        {
            Id = "500",
            Content = "look:\n```py\nprint(1)\n```\nand\n```\nprint(2)\n```",
            Attachments = [Attachment("7", "more.py", 8), Attachment("8", "data.csv", 1)],
        };

        await _bot.SendAndFinishAsync(MessageCommand("1", message));

        Execution.Request.Code.ShouldBe("print(1)\nprint(2)\nprint(3)");
        Execution.Request.Files.ShouldHaveSingleItem().Filename.ShouldBe("data.csv");
    }

    [Theory]
    [InlineData("print(1)", "print(1)")]
    [InlineData("run `print(2)` please", "print(2)")]
    public async Task AMessage_WithoutABlock_RunsItsText(string content, string code)
    {
        await _bot.SendAndFinishAsync(MessageCommand("1", new Message { Id = "500", Content = content }));
        Execution.Request.Code.ShouldBe(code);
    }

    [Fact]
    public async Task AMessage_WithAPythonFileAndTalk_RunsTheFileAlone()
    {
        _bot.Attachments.Serve(Url("7", "main.py"), "print(3)"u8.ToArray());
        var message = new Message
        {
            Id = "500",
            Content = "please have a look",
            Attachments = [Attachment("7", "main.py", 8)],
        };
        await _bot.SendAndFinishAsync(MessageCommand("1", message));
        Execution.Request.Code.ShouldBe("print(3)");
    }

    [Fact]
    public async Task AnEmptyMessage_SaysThatThereIsNoCode() =>
        BotFixture.PrivateText(await _bot.SendAsync(MessageCommand("1", new Message { Id = "500" }))).ShouldContain("no code");

    public ValueTask DisposeAsync() => _bot.DisposeAsync();
}
