using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Messages;
using static CodeInterpreter.Discord.Tests.Bot.Interactions;

namespace CodeInterpreter.Discord.Tests.Bot.Commands;

public sealed class FileCommandTests : IAsyncDisposable
{
    private readonly BotFixture _bot = new();

    private SentMessage Answer => _bot.Discord.Sent[^1];

    [Fact]
    public async Task Files_ListsTheUsersOwn_ForTheUserAlone()
    {
        var mine = _bot.Interpreter.Store(Ada, "a.csv", [1, 2]);
        var theirs = _bot.Interpreter.Store(Bob, "b.csv", [1]);

        var first = await _bot.SendAndFinishAsync(Command("1", "files").By(Ada));

        first.Data.ShouldBe(new DeferredBody(MessageFlags.Ephemeral));
        Answer.Text.ShouldContain($"`a.csv` (data, 2 bytes) ID `{mine.FileId}`");
        Answer.Text.ShouldNotContain(theirs.FileId);
    }

    [Fact]
    public async Task File_IsAttached_OrLinkedWhereItIsTooLarge()
    {
        var file = _bot.Interpreter.Store(Ada, "a.csv", [1, 2]);

        await _bot.SendAndFinishAsync(Command("1", "file", ("id", $" {file.FileId} ")));
        Answer.Files.ShouldHaveSingleItem().Content.ShouldBe([1, 2]);

        await _bot.SendAndFinishAsync(Command("2", "file", ("id", file.FileId)) with { AttachmentSizeLimit = 1 });
        Answer.Files.ShouldBeEmpty();
        Answer.Text.ShouldContain($"[Download](<https://code.example.com/links/{file.FileId}>)");
    }

    [Fact]
    public async Task File_OfSomebodyElse_IsNotFound()
    {
        var theirs = _bot.Interpreter.Store(Bob, "b.csv", [1]);
        await _bot.SendAndFinishAsync(Command("1", "file", ("id", theirs.FileId)));
        Answer.Text.ShouldContain("no such file");
        Answer.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_DeletesOneFile_OfTheUserOnly()
    {
        var mine = _bot.Interpreter.Store(Ada, "a.csv", [1]);
        var theirs = _bot.Interpreter.Store(Bob, "b.csv", [1]);

        await _bot.SendAndFinishAsync(Command("1", "delete", ("id", mine.FileId)));
        Answer.Text.ShouldBe($"🗑️ Deleted `{mine.FileId}`.");
        await _bot.SendAndFinishAsync(Command("2", "delete", ("id", theirs.FileId)));
        Answer.Text.ShouldContain("no such file");

        _bot.Interpreter.Files.Keys.ShouldBe([theirs.FileId]);
    }

    [Fact]
    public async Task Delete_WithoutAnId_AsksFirst_AndThenDeletesEverythingOfTheOneWhoPresses()
    {
        await _bot.SendAndFinishAsync(Run("1", "print(1)"));
        _bot.Interpreter.Store(Ada, "a.csv", [1]);
        var theirs = _bot.Interpreter.Store(Bob, "b.csv", [1]);

        var first = await _bot.SendAndFinishAsync(Command("2", "delete"));
        BotFixture.PrivateText(first).ShouldContain("Delete all of your files");
        _bot.Interpreter.Files.Count.ShouldBe(2);
        var button = ((MessageBody)first.Data!).Components!.SelectMany(row => row.Flatten()).Single(part => part.CustomId is not null);

        await _bot.SendAndFinishAsync(Button("3", button.CustomId!));

        Answer.Text.ShouldStartWith("🗑️ Deleted 1 file(s)");
        _bot.Interpreter.Files.Keys.ShouldBe([theirs.FileId]);
        _bot.Interpreter.Executions.ShouldBeEmpty();
        BotFixture.PrivateText(await _bot.SendAsync(Button("4", "again:1"))).ShouldContain("not kept any more");
    }

    public ValueTask DisposeAsync() => _bot.DisposeAsync();
}
