using System.Globalization;
using CodeInterpreter.Hostile.Tests.Code;
using CodeInterpreter.Hostile.Tests.Hosting;

namespace CodeInterpreter.Hostile.Tests.Leaks;

/// <summary>Hundreds of executions of all kinds, several at a time: nothing that each leaves a little of may add up.</summary>
[Collection(typeof(OneHost))]
public sealed class LeakTests(HostileHost host)
{
    private const int AtATime = 4;

    // Results are held for a while in case that they are asked for once more, up to 64 MiB of them, and blocks for output are used again.
    private const long MoreMemory = 100L * 1024 * 1024;

    // Endings of every kind, files, output, uploads that fail: what is quick of the cases.
    private static readonly string[] Kinds =
    [
        "time/ends_at_once",
        "time/endless_loop",
        "memory/grows_until_the_limit",
        "processes/daemon_outlives_its_parent",
        "processes/many_zombies",
        "processes/segmentation_fault",
        "processes/claims_137",
        "output/both_streams_full",
        "output/exact_number_of_bytes",
        "output/binary",
        "output/character_at_the_limit",
        "files/link_to_a_file_of_the_system",
        "files/exactly_the_number",
        "files/odd_names",
        "files/disk_full",
        "files/before_a_failure",
        "processes/numpy_with_its_threads",
        "network/names",
        "escape/runs_what_it_wrote",
        "processes/deep_recursion",
    ];

    [Fact]
    public async Task ManyExecutions_LeakNothing()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("SOAK_EXECUTIONS") ?? "200", CultureInfo.InvariantCulture);
        // The first round brings pools and caches to their size.
        await RunAsync(count / 2);
        await host.ShouldBeCleanAsync();
        var (halfway, held) = (await host.LookAsync(), await host.MeasureHeldMemoryAsync());

        await RunAsync(count - (count / 2));
        await host.ShouldBeCleanAsync();
        var (after, heldAfter) = (await host.LookAsync(), await host.MeasureHeldMemoryAsync());

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"after {count / 2}: {halfway}, holds {held}\nafter {count}: {after}, holds {heldAfter}"
        );
        (heldAfter - held).ShouldBeLessThan(MoreMemory, $"{halfway} -> {after}");
        (after.Descriptors - halfway.Descriptors).ShouldBeLessThan(20, $"{halfway} -> {after}");
    }

    private async Task RunAsync(int count)
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime },
            async (i, _) =>
            {
                var kind = HostileCase.Find(Kinds[i % Kinds.Length]);
                var request = kind.Request;
                request["user_id"] = HostileHost.NewUser();
                request["code"] = kind.Code;
                var result = await host.ExecuteAsync(request);
                result.Text("outcome").ShouldNotBe("SandboxFailed", $"{kind.Name}: {result.ToJsonString()}");
            }
        );
    }
}
