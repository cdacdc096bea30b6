using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.Hostile.Tests.Hosting;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.Hostile.Tests.Settings;

/// <summary>What shows only in a product with settings of its own.</summary>
[Collection(typeof(OneHost))]
public sealed class OwnProductTests
{
    [Fact]
    public async Task Log_HasNoContentOfExecutions()
    {
        const string Secret = "s3cr3t-of-the-caller";
        await using var product = await StartAsync();
        JsonObject Request(string code) =>
            new()
            {
                ["user_id"] = HostileHost.NewUser(),
                ["code"] = $"{code} # {Secret}",
                ["stdin"] = Secret,
                ["args"] = new JsonArray(Secret),
                ["environment"] = new JsonObject { ["NAME"] = Secret },
                ["files"] = new JsonArray(new JsonObject { ["filename"] = $"{Secret}.in", ["data"] = "eA==" }),
            };
        var prints =
            $"import os, sys\nprint('{Secret}', input(), sys.argv, os.environ)\n"
            + $"print('{Secret}', file=sys.stderr)\nopen('{Secret}.out', 'w').write('{Secret}')";

        // Well, badly, against a wall, with what is skipped, and refused.
        var well = await ExecuteAsync(product, Request(prints));
        await ExecuteAsync(product, Request($"{prints}\nraise ValueError('{Secret}')"));
        await ExecuteAsync(product, Request($"import os\nos.symlink('/etc/passwd', '{Secret}')\nos.kill(os.getpid(), 9)"));
        var refused = Request("print()");
        refused[Secret] = Secret;
        (await PostAsync(product, refused)).Status.ShouldBe(HttpStatusCode.BadRequest);

        well.Text("outcome").ShouldBe("Succeeded");
        well.FileNames().ShouldBe([$"{Secret}.out"]);
        await product.StopAsync();
        product.Log.ShouldNotBeEmpty();
        product.Log.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task FullQuota_ResultHasTheReasonAndTheRest()
    {
        await using var product = await StartAsync(("FileStore:MaxUserBytes", "1000"));

        var result = await ExecuteAsync(
            product,
            new JsonObject
            {
                ["user_id"] = HostileHost.NewUser(),
                ["code"] =
                    "open('a', 'w').write('x' * 600)\nopen('b', 'w').write('x' * 600)\nopen('c', 'w').write('x' * 100)\nprint('done')",
            }
        );

        (result.Text("outcome"), result.Text("output")).ShouldBe(("Succeeded", "done\n"));
        var skipped = result.Objects("skipped_files").ShouldHaveSingleItem();
        skipped.Text("reason").ShouldBe("StoreError");
        skipped.Text("detail").ShouldContain("of 1000 bytes are taken, the file has 600");
        result.FileNames().Append(skipped.Text("path")).Order(StringComparer.Ordinal).ShouldBe(["a", "b", "c"]);
        result.FileNames().ShouldContain("c");
    }

    [Fact]
    public async Task QueueTime_CountsAgainstTheDeadline()
    {
        await using var product = await StartAsync(
            ("Runner:Slots", "1"),
            ("Gateway:Executions:QueueTimeout", "00:00:01"),
            ("Gateway:Executions:TransferTimeout", "00:00:05")
        );
        var user = HostileHost.NewUser();
        var first = ExecuteAsync(
            product,
            new JsonObject { ["user_id"] = HostileHost.NewUser(), ["code"] = "import time\nprint('had it', flush=True)\ntime.sleep(10)" }
        );
        await Eventually.TrueAsync(async () =>
            (await Task.WhenAll((await Docker.ContainersOfAsync(product.RunnerId)).Select(Docker.RunsCodeAsync))).Any(runs => runs)
        );

        var late = await PostAsync(
            product,
            new JsonObject
            {
                ["user_id"] = user,
                ["code"] = "open('ran', 'w')",
                ["limits"] = new JsonObject { ["wall_time_seconds"] = 1 },
            }
        );

        // It could not be started in time: the gateway answers then, while the other one still runs, and it is never started.
        late.Status.ShouldBe(HttpStatusCode.OK, late.Body);
        JsonNode.Parse(late.Body)!.AsObject().Text("outcome").ShouldBe("TimedOut");
        first.IsCompleted.ShouldBeFalse();
        (await first).Text("outcome").ShouldBe("Succeeded");
        // One more through the same slot: all that waited before it has been dealt with.
        await ExecuteAsync(product, new JsonObject { ["user_id"] = HostileHost.NewUser(), ["code"] = "pass" });
        (await product.Http.GetStringAsync($"/v1/files?user_id={user}", TestContext.Current.CancellationToken)).ShouldNotContain("ran");
    }

    private static Task<StandaloneProcess> StartAsync(params (string Name, string Value)[] settings) =>
        StandaloneProcess.StartAsync(StandaloneProcess.NewDataDirectory(), [("Pool:Bare", "1"), ("Pool:Data", "0"), .. settings]);

    private static async Task<JsonObject> ExecuteAsync(StandaloneProcess product, JsonObject request)
    {
        var (status, body) = await PostAsync(product, request);
        status.ShouldBe(HttpStatusCode.OK, body);
        return JsonNode.Parse(body)!.AsObject();
    }

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(StandaloneProcess product, JsonObject request)
    {
        using var answer = await product.Http.PostAsJsonAsync("/v1/executions", request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
