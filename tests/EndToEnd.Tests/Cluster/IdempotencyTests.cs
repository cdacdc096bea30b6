using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.EndToEnd.Tests.Executions;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>A caller who does not know whether a call got through repeats it.</summary>
[Collection(typeof(OneCluster))]
public sealed class IdempotencyTests(ClusterFixture cluster)
{
    private const string Code = "import secrets\nname = secrets.token_hex()\nopen(name, 'w').close()\nprint(name)";

    private readonly string _user = StandaloneFixture.NewUser();

    [Fact]
    public async Task SameKey_AtTwoReplicasAtOnce_RunsOnce()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => PostAsync(i % 2, Code)));

        answers.Select(answer => answer.Status).ShouldAllBe(status => status == HttpStatusCode.OK);
        answers.Select(answer => answer.Body.Text("output")).Distinct().ShouldHaveSingleItem();
        answers.Select(answer => answer.Body.Text("execution_id")).Distinct().ShouldHaveSingleItem();
        var file = (await cluster.Gateways[0].FilesAsync(_user)).ShouldHaveSingleItem();
        file.Text("filename").ShouldBe(answers[0].Body.Text("output").TrimEnd());
        (await cluster.Gateways[1].Http.ListExecutionsAsync(_user)).ShouldHaveSingleItem();

        var later = await PostAsync(1, Code);
        later.Body.Text("output").ShouldBe(answers[0].Body.Text("output"));
        (await PostAsync(0, "print('another')")).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    private async Task<(HttpStatusCode Status, JsonObject Body)> PostAsync(int gateway, string code)
    {
        using var answer = await cluster
            .Gateways[gateway]
            .Http.PostAsJsonAsync(
                "/v1/executions",
                new
                {
                    user_id = _user,
                    code,
                    idempotency_key = "once",
                }
            );
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject());
    }
}
