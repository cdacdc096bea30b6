using System.Text;
using CodeInterpreter.Client;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Messages;
using static CodeInterpreter.Discord.Tests.Bot.Interactions;

namespace CodeInterpreter.Discord.Tests.Bot.Commands;

public sealed class RunTests : IAsyncDisposable
{
    private readonly BotFixture _bot = new();

    private FakeExecution Execution => _bot.Interpreter.Executions.ShouldHaveSingleItem();

    private string Answer => _bot.Discord.Sent[^1].Text;

    [Fact]
    public async Task Run_IsDeferredAtOnce_AndAnswersWithTheOutput()
    {
        var first = await _bot.SendAndFinishAsync(Run("1", "print(42)"));

        first.Type.ShouldBe(ResponseType.DeferredMessage);
        first.Data.ShouldBeNull();
        Execution.UserId.ShouldBe(Ada);
        Execution.Request.Code.ShouldBe("print(42)");
        Execution.Request.IdempotencyKey.ShouldBe("1");
        var sent = _bot.Discord.Sent.ShouldHaveSingleItem();
        sent.Kind.ShouldBe("edit");
        sent.Token.ShouldBe(new InteractionToken("99", "token-1"));
        sent.Text.ShouldBe("✅ Done.\n```ansi\n42\n```");
        sent.Buttons.ShouldBe(["again:1", "delete:1"]);
    }

    [Fact]
    public async Task Run_WithFilesAndInput_GivesThemToTheCode()
    {
        _bot.Attachments.Serve(Url("7", "a.csv"), "x,y\n"u8.ToArray());
        _bot.Attachments.Serve(Url("8", "a.csv"), "other"u8.ToArray());
        var command = Command("1", "run", ("code", "print(input())"), ("stdin", "Ada"), ("file1", "7"), ("file5", "8"))
            .With(Attachment("7", "a.csv", 4), Attachment("8", "a.csv", 5));

        await _bot.SendAndFinishAsync(command);

        Execution.Request.Stdin.ShouldBe("Ada");
        Execution.Request.Files.Select(file => file.Filename).ShouldBe(["a.csv", "a_2.csv"]);
        Execution
            .Request.Files.Select(file => Encoding.UTF8.GetString(_bot.Interpreter.Files[file.FileId!].Content))
            .ShouldBe(["x,y\n", "other"]);
    }

    [Fact]
    public async Task Run_Private_IsSeenByItsUserOnly_FollowUpsToo()
    {
        _bot.Interpreter.Result = new ExecutionResult { Outcome = Outcome.Succeeded, GeneratedFiles = [.. Files(12)] };

        var first = await _bot.SendAndFinishAsync(Command("1", "run", ("code", "1"), ("private", true)));

        first.Data.ShouldBe(new DeferredBody(MessageFlags.Ephemeral));
        _bot.Discord.Sent.Count.ShouldBe(2);
        _bot.Discord.Sent[1].Kind.ShouldBe("follow-up");
        _bot.Discord.Sent[1].Body.Flags.ShouldBe(MessageFlags.Ephemeral);
    }

    [Fact]
    public async Task Run_WithGeneratedFiles_AttachesEach_WithItsId()
    {
        var file = _bot.Interpreter.Store(Ada, "plots/p.png", [1, 2, 3], "image");
        _bot.Interpreter.Result = new ExecutionResult
        {
            Outcome = Outcome.Succeeded,
            GeneratedFiles =
            [
                new GeneratedFile
                {
                    FileId = file.FileId,
                    Filename = file.Filename,
                    Type = "image",
                    Size = 3,
                },
            ],
        };

        await _bot.SendAndFinishAsync(Run("1", "plot()"));

        Answer.ShouldContain($"📎 Generated 1 file(s):\n• `plots/p.png` (image, 3 bytes) ID `{file.FileId}`");
        var attached = _bot.Discord.Sent[^1].Files.ShouldHaveSingleItem();
        attached.Name.ShouldBe("p.png");
        attached.Content.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Run_WithAFileOverTheLimitOfTheInteraction_LinksToIt()
    {
        var file = _bot.Interpreter.Store(Ada, "big.bin", new byte[2000]);
        _bot.Interpreter.Result = new ExecutionResult
        {
            Outcome = Outcome.Succeeded,
            GeneratedFiles =
            [
                new GeneratedFile
                {
                    FileId = file.FileId,
                    Filename = "big.bin",
                    Size = 2000,
                },
            ],
        };

        await _bot.SendAndFinishAsync(Run("1", "write()") with { AttachmentSizeLimit = 1999 });

        Answer.ShouldContain($"[Download](<https://code.example.com/links/{file.FileId}>)");
        _bot.Discord.Sent[^1].Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task TheSameInteraction_DeliveredTwice_RunsAndAnswersOnce()
    {
        var first = await _bot.SendAndFinishAsync(Run("1", "print(42)"));
        var second = await _bot.SendAndFinishAsync(Run("1", "print(42)"));

        second.Type.ShouldBe(first.Type);
        _bot.Interpreter.Executions.Count.ShouldBe(1);
        _bot.Discord.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ASecondRun_DuringTheFirst_IsRefused_AndRunsAfterIt()
    {
        _bot.Interpreter.Result = null;
        await _bot.SendAsync(Run("1", "wait()"));
        BotFixture.PrivateText(await _bot.SendAsync(Run("2", "print(1)"))).ShouldContain("already running");
        (await _bot.SendAsync(Run("3", "print(2)").By(Bob))).Type.ShouldBe(ResponseType.DeferredMessage);

        (await _bot.Interpreter.NextFollowedAsync()).Finish(new ExecutionResult { Outcome = Outcome.Succeeded });
        (await _bot.Interpreter.NextFollowedAsync()).Finish(new ExecutionResult { Outcome = Outcome.Succeeded });
        await _bot.FinishAsync();

        (await _bot.SendAsync(Run("4", "print(3)"))).Type.ShouldBe(ResponseType.DeferredMessage);
        (await _bot.Interpreter.NextFollowedAsync()).Finish(new ExecutionResult { Outcome = Outcome.Succeeded });
    }

    [Fact]
    public async Task Run_WithoutCode_OpensAModal_ThatRuns()
    {
        var first = await _bot.SendAsync(Command("1", "run"));
        var modal = first.Data.ShouldBeOfType<ModalBody>();
        first.Type.ShouldBe(ResponseType.Modal);
        modal.CustomId.ShouldBe("run");
        modal.Components.SelectMany(component => component.Flatten()).Single(input => input.CustomId == "code").MaxLength.ShouldBe(4000);
        var upload = modal.Components.SelectMany(component => component.Flatten()).Single(input => input.CustomId == "files");
        (upload.MinValues, upload.MaxValues, upload.Required).ShouldBe((0, 10, false));

        _bot.Attachments.Serve(Url("7", "a.csv"), "x"u8.ToArray());
        await _bot.SendAndFinishAsync(Modal("2", modal.CustomId, "print(1)", Attachment("7", "a.csv", 1)));

        Execution.Request.Code.ShouldBe("print(1)");
        Execution.Request.Files.ShouldHaveSingleItem().Filename.ShouldBe("a.csv");
        Answer.ShouldStartWith("✅ Done.");
    }

    [Fact]
    public async Task AModal_KeepsWhatItsCommandWasGiven()
    {
        _bot.Attachments.Serve(Url("7", "a.csv"), "x"u8.ToArray());
        var first = await _bot.SendAsync(
            Command("1", "run", ("stdin", "Ada"), ("private", true), ("file1", "7")).With(Attachment("7", "a.csv", 1))
        );
        var modal = first.Data.ShouldBeOfType<ModalBody>();

        var submitted = await _bot.SendAndFinishAsync(Modal("2", modal.CustomId, "print(input())"));

        submitted.Data.ShouldBe(new DeferredBody(MessageFlags.Ephemeral));
        Execution.Request.Stdin.ShouldBe("Ada");
        Execution.Request.Files.ShouldHaveSingleItem().Filename.ShouldBe("a.csv");
    }

    [Fact]
    public async Task AModal_OfSomebodyElsesCommand_IsRefused()
    {
        await _bot.SendAsync(Command("1", "run", ("stdin", "secret")));
        BotFixture.PrivateText(await _bot.SendAsync(Modal("2", "run:1", "print(input())").By(Bob))).ShouldContain("Use `/run` again");
        _bot.Interpreter.Executions.ShouldBeEmpty();
    }

    [Fact]
    public async Task AModal_WithoutCode_SaysSo() =>
        BotFixture.PrivateText(await _bot.SendAsync(Modal("1", "run", " "))).ShouldContain("no code");

    [Fact]
    public async Task APythonFile_WithoutOtherCode_IsTheCode()
    {
        _bot.Attachments.Serve(Url("7", "main.py"), "\ufeffprint('hé')"u8.ToArray());
        var command = Command("1", "run", ("file1", "7")).With(Attachment("7", "main.py", "\ufeffprint('hé')"u8.Length));

        await _bot.SendAndFinishAsync(command);

        Execution.Request.Code.ShouldBe("print('hé')");
        Execution.Request.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task APythonFile_BesideCode_IsAFile()
    {
        _bot.Attachments.Serve(Url("7", "helper.py"), "x = 1"u8.ToArray());
        await _bot.SendAndFinishAsync(Command("1", "run", ("code", "import helper"), ("file1", "7")).With(Attachment("7", "helper.py", 5)));
        Execution.Request.Code.ShouldBe("import helper");
        Execution.Request.Files.ShouldHaveSingleItem().Filename.ShouldBe("helper.py");
    }

    [Fact]
    public async Task AnAttachmentElsewhere_IsNotFetched_AndTheUserIsTold()
    {
        var foreign = Attachment("7", "a.csv", 1) with { Url = "https://169.254.169.254/latest/meta-data" };
        await _bot.SendAndFinishAsync(Command("1", "run", ("code", "1"), ("file1", "7")).With(foreign));
        _bot.Attachments.Called.ShouldBeEmpty();
        _bot.Interpreter.Executions.ShouldBeEmpty();
        Answer.ShouldBe("⚠️ `a.csv` is not on Discord's servers. Attach it again.");
    }

    [Fact]
    public async Task AFullService_IsSaid_AndTheNextRunIsTaken()
    {
        _bot.Interpreter.SubmitFailure = new CodeInterpreterException(ErrorReasons.ResourceExhausted, "Too many.")
        {
            RetryDelay = TimeSpan.FromSeconds(2.5),
        };
        await _bot.SendAndFinishAsync(Run("1", "print(1)"));
        Answer.ShouldBe("⚠️ There are too many requests at the moment. Try again in 3 s.");

        _bot.Interpreter.SubmitFailure = null;
        await _bot.SendAndFinishAsync(Run("2", "print(1)"));
        Answer.ShouldStartWith("✅ Done.");
    }

    [Fact]
    public async Task AnUnknownCommandOrKind_IsAnsweredPrivately()
    {
        BotFixture.PrivateText(await _bot.SendAsync(Command("1", "nothing"))).ShouldContain("does not know");
        BotFixture.PrivateText(await _bot.SendAsync(Run("2", "1") with { Type = (InteractionType)99 })).ShouldContain("does not know");
        BotFixture.PrivateText(await _bot.SendAsync(Button("3", "nothing:at:all"))).ShouldContain("does not know");
        BotFixture.PrivateText(await _bot.SendAsync(Run("4", "1") with { User = null })).ShouldContain("does not know");
    }

    [Fact]
    public async Task Help_FitsIntoAMessage_AndNamesEveryCommand()
    {
        var text = BotFixture.PrivateText(await _bot.SendAsync(Command("1", "help")));
        text.Length.ShouldBeLessThanOrEqualTo(2000);
        foreach (var command in (string[])["/run", "Run code", "/files", "/file", "/delete"])
            text.ShouldContain(command);
    }

    public ValueTask DisposeAsync() => _bot.DisposeAsync();

    private IEnumerable<GeneratedFile> Files(int count) =>
        Enumerable
            .Range(0, count)
            .Select(number => _bot.Interpreter.Store(Ada, $"{number}.csv", [1]))
            .Select(file => new GeneratedFile
            {
                FileId = file.FileId,
                Filename = file.Filename,
                Size = 1,
            });
}
