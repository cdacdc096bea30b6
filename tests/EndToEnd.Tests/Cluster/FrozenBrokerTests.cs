using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.EndToEnd.Tests.Executions;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>The broker takes a command, and does not confirm it in time.</summary>
public sealed class FrozenBrokerTests
{
    private const string Code = "import secrets\nname = secrets.token_hex()\nopen(name, 'w').close()\nprint(name)";

    private readonly string _user = StandaloneFixture.NewUser();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ACallerIsToldToRepeatTheCall_AndTheCodeRunsOnce()
    {
        await using var cluster = await SmallCluster.StartAsync(
            bus: [],
            runner: [("Pool:Bare", "1")],
            gateway: [("Gateway:Executions:PublishTimeout", "4s")]
        );
        await Eventually.TrueAsync(async () => await cluster.Gateway.Http.StatusAsync("/health/ready") == HttpStatusCode.OK);
        (await cluster.Gateway.ExecuteAsync(_user, "print('before')")).Text("output").ShouldBe("before\n");

        await cluster.Broker.FreezeAsync(Token);
        var (status, problem) = await PostAsync(cluster.Gateway.Http);
        await cluster.Broker.ThawAsync(Token);

        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        problem.Text("detail").ShouldContain("idempotency_key");
        var (repeated, result) = await PostAsync(cluster.Gateway.Http);
        repeated.ShouldBe(HttpStatusCode.OK, result.ToJsonString());
        result.Text("execution_id").ShouldBe(problem.Text("execution_id"));
        (await cluster.Gateway.FilesAsync(_user)).ShouldHaveSingleItem().Text("filename").ShouldBe(result.Text("output").TrimEnd());
        (await cluster.Gateway.Http.ListExecutionsAsync(_user)).Count.ShouldBe(2);
    }

    private async Task<(HttpStatusCode Status, JsonObject Body)> PostAsync(HttpClient gateway)
    {
        using var answer = await gateway.PostAsJsonAsync(
            "/v1/executions",
            new
            {
                user_id = _user,
                code = Code,
                idempotency_key = "once",
            },
            Token
        );
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!.AsObject());
    }
}
