using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.EndToEnd.Tests.Starts;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>What runners tell the gateways of their images, over a real broker with accounts for both.</summary>
[Collection(typeof(OneCluster))]
public sealed class EnvironmentTests(ClusterFixture cluster)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Environment_EveryGateway_KnowsEveryRunner()
    {
        await using var late = await cluster.StartGatewayAsync();

        foreach (var gateway in cluster.Gateways.Append(late))
        {
            await UntilAsync(gateway.Http, environment => Runners(environment) == cluster.Runners.Count);
        }
    }

    [Fact]
    public async Task Environment_RunnersWithDifferentImages_IsWhatAllHave()
    {
        await using var image = await OwnImage.BuildAsync(
            """RUN echo '{ "protocol": 1, "kind": "small", "python": "3.1.4" }' >/opt/sandbox/environment.json"""
        );
        var before = await OwnImageTests.EnvironmentAsync(cluster.Gateways[0].Http, "");
        before["packages"]!.AsArray().ShouldNotBeEmpty();
        var runner = await cluster.StartRunnerAsync(("Sandbox:Image", image.Name));

        var both = await UntilAsync(cluster.Gateways[1].Http, environment => Kinds(environment).Contains("small"));
        both["packages"]!.AsArray().ShouldBeEmpty("the small image has none");
        both.Text("python").ShouldBe($"{before.Text("python")} or 3.1.4");

        await cluster.EndRunnerAsync(runner);
        var after = await UntilAsync(cluster.Gateways[1].Http, environment => !Kinds(environment).Contains("small"));
        after["packages"]!.ToJsonString().ShouldBe(before["packages"]!.ToJsonString());
    }

    private static IEnumerable<string> Kinds(JsonObject environment) => environment.Objects("images").Select(image => image.Text("kind"));

    private static int Runners(JsonObject environment) => environment.Objects("images").Sum(image => image["runners"]!.GetValue<int>());

    private static async Task<JsonObject> UntilAsync(HttpClient gateway, Func<JsonObject, bool> isSo)
    {
        JsonObject? environment = null;
        await Eventually.TrueAsync(async () =>
        {
            using var answer = await gateway.GetAsync("/v1/environment", Token);
            environment = answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonObject>(Token) : null;
            return environment is not null && isSo(environment);
        });
        return environment!;
    }
}
