using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Executions;
using CodeInterpreter.Runner.Sandboxes;

namespace CodeInterpreter.Runner.Tests.Executions;

public sealed partial class ExecutionPipelineTests
{
    [Fact]
    public async Task ExecuteAsync_TooMuchInput_IsInTheMessage()
    {
        using var control = new ExecutionControl(interactive: true);
        var piece = new ExecutionInput
        {
            UserId = "user",
            ExecutionId = "execution",
            Text = new string('x', 64 * 1024),
        };
        while (control.Feed(piece))
            ;

        var result = await TestPipeline.ExecuteAsync(
            Command(),
            new ScriptedEngine(('S', "{}"), ('X', Exit), ('Z', """{"files":0,"skipped":0}""")),
            _time,
            TestMeters.Create(),
            control
        );

        result.Outcome.ShouldBe(Outcome.Succeeded);
        result.Message.ShouldStartWith("Its input was ended early");
    }

    [Fact]
    public async Task ExecuteAsync_OutputBeyondTheBudgetOfTheRunner_IsInTheMessageAndTheFileHasItsBeginning()
    {
        var store = new OpenStore();
        var limits = new ExecutionLimitOptions { OutputBytes = 1024, OutputMemoryBytes = 100 };
        var exit = Exit.Replace("\"stdout_bytes\":5", "\"stdout_bytes\":3000", StringComparison.Ordinal);
        var engine = new ScriptedEngine(('S', "{}"), ('O', new string('x', 3000)), ('X', exit), ('Z', Nothing));

        var result = await TestPipeline.ExecuteAsync(Command(), engine, _time, TestMeters.Create(), store: store, limits: limits);

        (result.Outcome, result.Output.TotalBytes, result.Output.Truncated).ShouldBe((Outcome.Succeeded, 3000, true));
        result.Message.ShouldStartWith("The file of its output ends early");
        result.GeneratedFiles.ShouldHaveSingleItem().SizeBytes.ShouldBe(1024 + 100);
    }

    [Fact]
    public async Task ExecuteAsync_InputsDoNotFit_IsAResult()
    {
        var result = await ExecuteAsync(('!', """{"message":"full","reason":"no_room"}"""));

        (result.Outcome, result.KilledBy, result.ReturnCode).ShouldBe((Outcome.OutOfMemory, KilledBy.Memory, null));
        result.Message.ShouldContain("input files");
    }

    [Fact]
    public async Task ExecuteAsync_SandboxRunsOutOfMemory_IsOutOfMemoryWithStoredFiles()
    {
        var engine = new ScriptedEngine(
            ('S', "{}"),
            ('O', "hello"),
            ('X', Exit),
            ('F', """{"path":"a.txt","size":2,"modified_from":null}"""),
            ('D', "hi"),
            ('H', """{"sha256":"8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4"}"""),
            ('!', """{"message":"MemoryError: "}""")
        )
        {
            Cause = SandboxFailureCause.OutOfMemory,
        };

        var result = await TestPipeline.ExecuteAsync(Command(), engine, _time, TestMeters.Create(), store: new OpenStore());

        (result.Outcome, result.KilledBy, result.ReturnCode).ShouldBe((Outcome.OutOfMemory, KilledBy.Memory, 0));
        result.Message.ShouldContain("ran out of memory");
        result.Output.Text.ShouldBe("hello");
        result.GeneratedFiles.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ExecuteAsync_SandboxRunsOutOfMemoryWhileCodeRuns_IsOutOfMemory()
    {
        var engine = new ScriptedEngine(('S', "{}"), ('O', "hello"), ('!', """{"message":"MemoryError: "}"""))
        {
            Cause = SandboxFailureCause.OutOfMemory,
        };

        var result = await TestPipeline.ExecuteAsync(Command(), engine, _time, TestMeters.Create());

        (result.Outcome, result.KilledBy).ShouldBe((Outcome.OutOfMemory, KilledBy.Memory));
    }
}
