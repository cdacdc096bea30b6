using System.Net.Http.Json;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.EndToEnd.Tests;

public sealed class CrashTests
{
    [Fact]
    public async Task Standalone_KilledDuringAnExecutionAndRestarted_LeavesNothingBehind()
    {
        var directory = StandaloneProcess.NewDataDirectory();
        var first = await StandaloneProcess.StartAsync(directory, ("Pool__Data", "0"));
        var before = await Docker.ContainersOfAsync(first.RunnerId);
        var lost = first.Http.PostAsJsonAsync(
            "/v1/executions",
            new { user_id = "crash", code = "import time\nwhile True: time.sleep(0.01)" },
            TestContext.Current.CancellationToken
        );
        // The refill shows that a sandbox has been taken.
        await Eventually.TrueAsync(async () => (await Docker.ContainersOfAsync(first.RunnerId)).Except(before).Any());

        await first.KillAsync();
        await Should.ThrowAsync<HttpRequestException>(() => lost);
        var orphans = await Docker.ContainersOfAsync(first.RunnerId);
        await using var second = await StandaloneProcess.StartAsync(directory, ("Pool__Data", "0"));

        (await Docker.ContainersOfAsync(second.RunnerId)).Intersect(orphans).ShouldBeEmpty();
        (await second.StopAsync()).ShouldBe(0);
        (await Docker.ContainersOfAsync(second.RunnerId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Standalone_Killed_SandboxesEndByThemselves()
    {
        await using var product = await StandaloneProcess.StartAsync(StandaloneProcess.NewDataDirectory(), ("Pool__Data", "0"));
        (await Docker.ContainersOfAsync(product.RunnerId)).ShouldNotBeEmpty();

        await product.KillAsync();

        await Eventually.TrueAsync(async () => (await Docker.ContainersOfAsync(product.RunnerId)).Length == 0);
    }
}
