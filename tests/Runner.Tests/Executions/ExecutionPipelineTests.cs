using System.Security.Cryptography;
using System.Text;
using CodeInterpreter.Contracts;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Runner.Tests.Executions;

/// <summary>What the runner makes of sandboxes that lie, fall silent or die. Honest ones are tested end to end.</summary>
public sealed partial class ExecutionPipelineTests
{
    private const string Exit = ExitReports.FiveBytes;
    private const string Nothing = """{"files":0,"skipped":0}""";

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task ExecuteAsync_UnknownLanguage_IsNotStartedAndListsTheLanguages()
    {
        var result = await ExecuteAsync(Command() with { Language = "cobol" });

        result.Outcome.ShouldBe(Outcome.SandboxFailed);
        result.Message.ShouldContain("python, bash, javascript, typescript");
    }

    [Fact]
    public async Task ExecuteAsync_CorrectSandbox_Succeeds()
    {
        var result = await ExecuteAsync(('S', "{}"), ('O', "hello"), ('X', Exit), ('Z', """{"files":0,"skipped":0}"""));

        (result.Outcome, result.ReturnCode, result.Output.Text).ShouldBe((Outcome.Succeeded, 0, "hello"));
    }

    [Fact]
    public async Task ExecuteAsync_StoreUnavailable_ResultHasTheFileThatIsNotStored()
    {
        var result = await ExecuteAsync(
            ('S', "{}"),
            ('X', Exit),
            ('F', """{"path":"a.txt","size":2,"modified_from":null}"""),
            ('D', "hi"),
            ('H', """{"sha256":"00"}"""),
            ('Z', """{"files":1,"skipped":0}""")
        );

        result.GeneratedFiles.ShouldBeEmpty();
        result.SkippedFiles.ShouldHaveSingleItem().Reason.ShouldBe(SkipReason.StoreError);
        result.SkippedFileCount.ShouldBe(1);
    }

    [Fact]
    public async Task ExecuteAsync_FilesOfAllSizes_AreStoredInTheirOrder()
    {
        var store = new OpenStore();
        int[] sizes = [.. Enumerable.Range(0, 35), 100_000, 1, 2, 3];
        (char, string)[] files = [.. sizes.SelectMany((size, number) => FileFrames($"{number}", size))];

        var engine = new ScriptedEngine([('S', "{}"), ('X', Exit), .. files, ('Z', $$"""{"files":{{sizes.Length}},"skipped":0}""")]);

        var result = await TestPipeline.ExecuteAsync(Command(), engine, _time, TestMeters.Create(), store: store);

        result.Outcome.ShouldBe(Outcome.Succeeded, result.Message);
        result.GeneratedFiles.Select(file => file.SizeBytes).ShouldBe(sizes.Select(size => (long)size));
        store.TakenAtEnds.ShouldBe([.. Enumerable.Repeat(32, 32), .. Enumerable.Repeat(35, 3), 36, .. Enumerable.Repeat(39, 3)]);

        static IEnumerable<(char, string)> FileFrames(string path, int size)
        {
            const int Piece = 50_000;
            var content = new string('x', size);
            yield return ('F', $$"""{"path":"{{path}}","size":{{size}},"modified_from":null}""");
            for (var at = 0; at < size; at += Piece)
                yield return ('D', content.Substring(at, Math.Min(Piece, size - at)));
            yield return ('H', $$"""{"sha256":"{{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(content)))}}"}""");
        }
    }

    public static TheoryData<string, (char, string)[]> Lies =>
        new()
        {
            { "output before the start is over", [('Z', "{}")] },
            { "an unknown frame", [('S', "{}"), ('?', "")] },
            { "a second start", [('S', "{}"), ('S', "{}"), ('X', Exit), ('Z', Nothing)] },
            { "output before the start", [('O', "x"), ('S', "{}"), ('X', Exit), ('Z', Nothing)] },
            { "an end before the start", [('X', Exit), ('Z', Nothing)] },
            { "output without a byte", [('S', "{}"), ('O', ""), ('X', Exit), ('Z', Nothing)] },
            { "errors without a byte", [('S', "{}"), ('E', ""), ('X', Exit), ('Z', Nothing)] },
            {
                "killed, and ended well",
                [('S', "{}"), ('X', Exit.Replace("\"killed_by\":null", "\"killed_by\":\"wall_time\"")), ('Z', Nothing)]
            },
            { "a malformed exit", [('S', "{}"), ('X', "{")] },
            { "an exit without a cause", [('S', "{}"), ('X', Exit.Replace("\"exit_code\":0", "\"exit_code\":null"))] },
            { "an exit with a string for a number", [('S', "{}"), ('X', Exit.Replace("\"exit_code\":0", "\"exit_code\":\"0\""))] },
            { "data without a file", [('S', "{}"), ('X', Exit), ('D', "x")] },
            {
                "a file that is longer than announced",
                [('S', "{}"), ('X', Exit), ('F', """{"path":"a","size":1,"modified_from":null}"""), ('D', "xx")]
            },
            {
                "a file that is shorter than announced",
                [('S', "{}"), ('X', Exit), ('F', """{"path":"a","size":3,"modified_from":null}"""), ('H', """{"sha256":"00"}""")]
            },
            { "a file that is too large", [('S', "{}"), ('X', Exit), ('F', """{"path":"a","size":99999999999,"modified_from":null}""")] },
            {
                "a change of a file it never had",
                [('S', "{}"), ('X', Exit), ('F', """{"path":"a","size":1,"modified_from":"other_1_x"}""")]
            },
            { "an unknown reason", [('S', "{}"), ('X', Exit), ('N', """{"path":"a","reason":"mood","size":1}""")] },
            { "a wrong count", [('S', "{}"), ('X', Exit), ('Z', """{"files":3,"skipped":0}""")] },
            { "its own failure", [('S', "{}"), ('!', """{"message":"broken"}""")] },
        };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task ExecuteAsync_InvalidReport_IsASandboxFailure(string lie, (char, string)[] script)
    {
        var result = await ExecuteAsync(script);

        result.Outcome.ShouldBe(Outcome.SandboxFailed, lie);
        result.KilledBy.ShouldBe(KilledBy.Runner);
        result.Message.ShouldStartWith("The sandbox failed.");
    }

    [Fact]
    public async Task ExecuteAsync_ErrorOfABrokenSandbox_IsOneShortLine()
    {
        var said = """{"message":"\u001b[2J\nforged: """ + new string('x', 10_000) + "\"}";

        var result = await ExecuteAsync(('S', "{}"), ('!', said));

        result.Message.Length.ShouldBeLessThan(300);
        result.Message.ShouldContain("?[2J?forged: xxx");
        result.Message.ShouldAllBe(character => character >= ' ' && character <= '~');
    }

    [Fact]
    public async Task ExecuteAsync_InvalidNames_AreShownAsValidOnes()
    {
        var result = await ExecuteAsync(
            ('S', "{}"),
            ('X', Exit),
            ('N', """{"path":"forged \u001b[31m\n../../etc/shadow","reason":"link","size":0}"""),
            ('Z', """{"files":0,"skipped":1}""")
        );

        result.SkippedFiles.ShouldHaveSingleItem().Path.ShouldBe("forged \uFFFD[31m\uFFFD../\uFFFD/etc/shadow");
    }

    [Fact]
    public async Task ExecuteAsync_ExceptionThatIsTooLong_IsASandboxFailure()
    {
        var exit = Exit.Replace(
            "\"stderr_bytes\":0",
            $$"""
            "stderr_bytes":0,"exception":{"type":"{{new string('x', 513)}}","message":"","frames":[],"truncated":false}
            """,
            StringComparison.Ordinal
        );

        (await ExecuteAsync(('S', "{}"), ('X', exit))).Outcome.ShouldBe(Outcome.SandboxFailed);
    }

    [Fact]
    public async Task ExecuteAsync_CorruptFileThatCannotBeRemoved_IsNotStoredAndTheCodeIsNotRunAgain()
    {
        var engine = new ScriptedEngine(
            ('S', "{}"),
            ('X', Exit),
            ('F', """{"path":"a.txt","size":2,"modified_from":null}"""),
            ('D', "hi"),
            ('H', """{"sha256":"00"}"""),
            ('Z', """{"files":1,"skipped":0}""")
        );

        var result = await TestPipeline.ExecuteAsync(
            Command(),
            engine,
            _time,
            TestMeters.Create(),
            store: new OpenStore { KeepsAll = true }
        );

        result.Outcome.ShouldBe(Outcome.Succeeded);
        result.GeneratedFiles.ShouldBeEmpty();
        result.SkippedFiles.ShouldHaveSingleItem().Reason.ShouldBe(SkipReason.StoreError);
    }

    [Fact]
    public async Task ExecuteAsync_SandboxFailsLate_KeepsItsOutput()
    {
        var result = await ExecuteAsync(('S', "{}"), ('O', "so far"), ('?', ""));

        (result.Outcome, result.Output.Text).ShouldBe((Outcome.SandboxFailed, "so far"));
    }

    [Fact]
    public async Task ExecuteAsync_SilentSandbox_TimesOutAtTheDeadline()
    {
        var engine = new ScriptedEngine(('S', "{}"), ('O', "so far"));
        var execution = ExecuteAsync(Command(), engine);
        await engine.Executing;

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!execution.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await poll.WaitForNextTickAsync(patience.Token);
        }

        var result = await execution;
        result.Outcome.ShouldBe(Outcome.SandboxFailed);
        result.Message.ShouldContain("no answer");
    }

    [Fact]
    public async Task ExecuteAsync_ExceptionInTheExitReport_IsData()
    {
        const string Exception =
            ""","exception":{"type":"ValueError","message":"no","""
            + """ "frames":[{"file":"main.py","line":1,"function":"<module>","code":"f()"}],"truncated":false}}""";
        var exit = Exit.Replace("\"exit_code\":0", "\"exit_code\":1")[..^1] + Exception;

        var result = await ExecuteAsync(('S', "{}"), ('X', exit), ('Z', """{"files":0,"skipped":0}"""));

        var error = result.Exception.ShouldNotBeNull();
        (error.Type, error.Message).ShouldBe(("ValueError", "no"));
        error.Frames.ShouldHaveSingleItem().ShouldBe(new PythonFrame("main.py", 1, "<module>", "f()"));
    }

    private Task<ExecutionResult> ExecuteAsync(params (char, string)[] script) => ExecuteAsync(Command(), script);

    private Task<ExecutionResult> ExecuteAsync(ExecuteCode command, params (char, string)[] script) =>
        ExecuteAsync(command, new ScriptedEngine(script));

    private Task<ExecutionResult> ExecuteAsync(ExecuteCode command, ScriptedEngine engine) =>
        TestPipeline.ExecuteAsync(command, engine, _time, TestMeters.Create());

    private ExecuteCode Command() =>
        TestCommand.Create() with
        {
            AcceptedAt = _time.GetUtcNow(),
            Deadline = _time.GetUtcNow().AddMinutes(1),
        };
}
