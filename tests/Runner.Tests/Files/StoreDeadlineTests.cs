using CodeInterpreter.Contracts;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Runner.Files;
using CodeInterpreter.Runner.Tests.Executions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Runner.Tests.Files;

/// <summary>A file store that takes calls and does not answer must not hold an execution, and the slot of its runner, for ever.</summary>
public sealed class StoreDeadlineTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task RemoveOthers_EachCallHasADeadline()
    {
        var store = new OpenStore { FileIds = ["a", "b"] };
        var outputs = new OutputStore(new FileService.FileServiceClient(store), _time, NullLogger<OutputStore>.Instance);

        await outputs.RemoveOthersAsync(TestCommand.Create(), [], TestContext.Current.CancellationToken);

        ShouldAllHaveADeadline(store, "List", "Delete", "Delete");
    }

    [Fact]
    public async Task Harvest_EachCallHasADeadline()
    {
        var store = new OpenStore();
        var engine = new ScriptedEngine(
            ('S', "{}"),
            ('X', ExitReports.Silent),
            ('F', """{"path":"a.txt","size":2,"modified_from":null}"""),
            ('D', "hi"),
            ('H', """{"sha256":"00"}"""),
            ('Z', """{"files":1,"skipped":0}""")
        );
        var command = TestCommand.Create() with { Deadline = _time.GetUtcNow().AddMinutes(1) };

        var result = await TestPipeline.ExecuteAsync(command, engine, _time, TestMeters.Create(), store: store);

        result.Outcome.ShouldBe(Outcome.Succeeded);
        ShouldAllHaveADeadline(store, "Upload", "Delete");
    }

    private void ShouldAllHaveADeadline(OpenStore store, params string[] methods)
    {
        store.Calls.Select(call => call.Method).ShouldBe(methods);
        store.Calls.ShouldAllBe(call => call.Deadline == _time.GetUtcNow().UtcDateTime.AddMinutes(2));
    }
}
