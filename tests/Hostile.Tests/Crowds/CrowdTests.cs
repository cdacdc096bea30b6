using System.Text.Json.Nodes;
using CodeInterpreter.Hostile.Tests.Hosting;

namespace CodeInterpreter.Hostile.Tests.Crowds;

/// <summary>Executions at the same time: what one does to itself, the others do not feel.</summary>
[Collection(typeof(OneHost))]
public sealed class CrowdTests(HostileHost host)
{
    private const long Memory = 192L * 1024 * 1024;

    [Fact]
    public async Task Memory_ThreeNearTheirLimitAndOneBeyond_OnlyThatOneIsKilled()
    {
        var near = Enumerable
            .Range(0, 3)
            .Select(_ => ExecuteAsync("import time\nheld = bytearray(140 * 1024 * 1024)\ntime.sleep(1)\nprint(len(held))"));
        var beyond = ExecuteAsync("held = []\nwhile True: held.append(bytearray(8 * 1024 * 1024))");

        var results = await Task.WhenAll(near);

        results.ShouldAllBe(result => result.Text("outcome") == "Succeeded" && result.Text("output") == $"{140 * 1024 * 1024}\n");
        var killed = await beyond;
        (killed.Text("outcome"), killed.Text("killed_by")).ShouldBe(("OutOfMemory", "Memory"));
        await host.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task WarmSandboxes_AllKilled_TenExecutionsAtOnceSucceed()
    {
        var waiting = await Docker.RunAsync("ps", "--quiet", "--filter", $"label=code-interpreter.runner={host.RunnerId}");
        waiting.ShouldNotBeEmpty();
        await Docker.KillAsync(waiting);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.InnocentAsync()));

        (await Docker.ContainersOfAsync(host.RunnerId)).Intersect(waiting).ShouldBeEmpty();
        await host.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task GeneratedFiles_AtTheLimitOfBytes_AreNotAllInMemory()
    {
        const long Each = 50L * 1024 * 1024;
        const long MoreMemory = 128L * 1024 * 1024;
        var memory = host.Memory;
        var before = memory.Bytes;
        memory.ForgetPeak();

        var result = await host.ExecuteAsync(
            new JsonObject
            {
                ["user_id"] = HostileHost.NewUser(),
                ["code"] = $"for i in range(5): open(f'{{i}}.bin', 'wb').write(bytes({Each}))",
            }
        );

        result.Objects("generated_files").Select(file => file["size"]!.GetValue<long>()).ShouldBe(Enumerable.Repeat(Each, 5));
        (memory.PeakBytes - before).ShouldBeLessThan(MoreMemory);
        await host.ShouldBeCleanAsync();
    }

    private Task<JsonObject> ExecuteAsync(string code) =>
        host.ExecuteAsync(
            new JsonObject
            {
                ["user_id"] = HostileHost.NewUser(),
                ["code"] = code,
                ["limits"] = new JsonObject { ["memory_bytes"] = Memory },
            }
        );
}
