using System.Text.Json.Nodes;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>What a runner can do in the file store is what its command's grant says, whoever published the command.</summary>
[Collection(typeof(OneCluster))]
public sealed class GrantTests(ClusterFixture cluster)
{
    private readonly string _user = StandaloneFixture.NewUser();

    [Fact]
    public async Task Execution_WithItsGrant_ReadsItsInputAndStoresItsOutput()
    {
        var input = await cluster.Gateways[0].UploadAsync(_user, "in.txt", "input");

        var id = NewId();

        var result = await RunAsync(id, "open('out.txt', 'w').write(open('in.txt').read() + '!')", Grant(id, input), input);

        result.Text("outcome").ShouldBe("Succeeded");
        var file = result.Objects("generatedFiles").ShouldHaveSingleItem();
        (await cluster.Gateways[1].DownloadAsync(_user, file.Text("fileId"))).ShouldBe("input!");
    }

    [Fact]
    public async Task Execution_WithoutItsOwnGrant_StoresNothing()
    {
        var forged = NewId();
        foreach (
            var (id, grant) in ((string, string?)[])
                [(NewId(), null), (NewId(), Grant(NewId())), (forged, PlainToken.ForExecution(new byte[32], _user, forged))]
        )
        {
            var result = await RunAsync(id, "print('ran')\nopen('out.txt', 'w').write('x')", grant);

            result["output"]!["text"]!.GetValue<string>().ShouldBe("ran\n");
            result.Objects("skippedFiles").ShouldHaveSingleItem().Text("reason").ShouldBe("StoreError");
        }

        (await cluster.Gateways[0].FilesAsync(_user)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Execution_InputOutsideItsGrant_IsNotReadAndTheCodeDoesNotStart()
    {
        var granted = await cluster.Gateways[0].UploadAsync(_user, "granted.txt", "1");
        var other = await cluster.Gateways[0].UploadAsync(_user, "other.txt", "2");

        var id = NewId();

        var result = await RunAsync(id, "print('ran')", Grant(id, granted), granted, other);

        result.Text("outcome").ShouldBe("SandboxFailed");
        result.Text("message").ShouldContain("does not let this execution read");
        result["output"]!["text"]!.GetValue<string>().ShouldBeEmpty();
    }

    private static string NewId() => $"grant-{Guid.NewGuid():N}";

    private string Grant(string executionId, params string[] inputs) =>
        PlainToken.ForExecution(cluster.TrustKey, _user, executionId, inputs);

    private async Task<JsonObject> RunAsync(string executionId, string code, string? grant, params string[] inputs)
    {
        await using var client = await PlainAmqpClient.ConnectAsync(cluster.Broker.Url);
        await client.PublishAsync(
            new JsonObject
            {
                ["executionId"] = executionId,
                ["userId"] = _user,
                ["code"] = code,
                ["inputFiles"] = new JsonArray([
                    .. inputs.Select(id => new JsonObject
                    {
                        ["fileId"] = id,
                        ["filename"] = "in.txt",
                        ["sizeBytes"] = 1,
                    }),
                ]),
                ["grant"] = grant,
                ["wallTimeSeconds"] = 10,
                ["acceptedAt"] = DateTimeOffset.UtcNow,
                ["deadline"] = DateTimeOffset.UtcNow.AddMinutes(1),
            }.ToJsonString()
        );
        return (await client.FinishedAsync())["result"]!.AsObject();
    }
}
