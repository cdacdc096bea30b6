using System.Diagnostics.Metrics;
using System.Globalization;
using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Files;
using CodeInterpreter.Runner.Sandboxes;

namespace CodeInterpreter.Runner.Tests.Executions;

/// <summary>The runner believes nothing that comes out of a sandbox: thousands of random talks, each of which has to end well.</summary>
public sealed class LyingChannelTests
{
    private const string Iterations = "FUZZ_ITERATIONS";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly IMeterFactory _meters = TestMeters.Create();

    [Fact]
    public async Task AnyReport_OfASandbox_EndsTheExecutionAndWritesNowhereElse()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable(Iterations) ?? "3000", CultureInfo.InvariantCulture);
        var outcomes = new Dictionary<string, int>();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var seed = 0; seed < count; seed++)
        {
            var outcome = await RunAsync(seed);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        TestContext.Current.SendDiagnosticMessage($"{string.Join(", ", outcomes)}; {growth / 1024} KiB more");
        growth.ShouldBeLessThan(64L * 1024 * 1024);
        // The talks are worth something only when they come to both ends.
        outcomes.Keys.ShouldContain(nameof(Outcome.Succeeded));
        outcomes.Keys.ShouldContain(nameof(Outcome.SandboxFailed));
    }

    private async Task<string> RunAsync(int seed)
    {
        var store = new OpenStore();
        try
        {
            var command = TestCommand.Create($"execution-{seed}") with { Deadline = DateTimeOffset.UtcNow.AddMinutes(5) };
            var result = await TestPipeline
                .ExecuteAsync(command, new LyingChannel(seed), TimeProvider.System, _meters, store: store)
                .WaitAsync(Patience);

            Enum.IsDefined(result.Outcome).ShouldBeTrue();
            result.GeneratedFiles.Count.ShouldBeLessThanOrEqualTo(store.Taken.Count);
            result.Output.Text.Length.ShouldBeLessThan(2 * 1024 * 1024);
            return result.Outcome.ToString();
        }
        // Nothing was run: the command goes back and another sandbox gets it.
        catch (SandboxEngineException)
        {
            return nameof(SandboxEngineException);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"The talk with the seed {seed} was not survived.", exception);
        }
        finally
        {
            store.Taken.ShouldAllBe(
                header =>
                    HarvestValidator.IsSafePath(header.Filename) && header.UserId == "user" && header.ExecutionId == $"execution-{seed}",
                $"seed {seed}"
            );
        }
    }
}
