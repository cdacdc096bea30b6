using System.Globalization;
using CodeInterpreter.EndToEnd.Tests.Executions;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>Executions that wait for their turn, and the gateways that keep them.</summary>
[Collection(typeof(OneCluster))]
public sealed class KeeperTests(ClusterFixture cluster)
{
    private readonly string _user = StandaloneFixture.NewUser();

    [Fact]
    public async Task DeferredExecutions_GatewayKilled_AllFinishOnce()
    {
        var ids = new List<string>();
        for (var i = 0; i < 16; i++)
        {
            var code = $"import time\ntime.sleep(1)\nopen('{i}.txt', 'w').close()\nprint({i})";
            ids.Add(await cluster.Gateways[i % 2].Http.SubmitAsync(new { user_id = _user, code }));
        }

        // One after the other: one of them is the one that keeps what waits.
        for (var gateway = 0; gateway < 2; gateway++)
        {
            await cluster.Gateways[gateway].KillAsync();
            await cluster.Gateways[gateway].DisposeAsync();
            cluster.Gateways[gateway] = await cluster.StartGatewayAsync();
        }

        for (var i = 0; i < ids.Count; i++)
        {
            (await cluster.Gateways[0].ResultAsync(_user, ids[i])).Text("output").ShouldBe($"{i}\n");
        }

        var files = await cluster.Gateways[0].FilesAsync(_user);
        files
            .Select(file => int.Parse(file.Text("filename").Split('.')[0], CultureInfo.InvariantCulture))
            .Order()
            .ShouldBe(Enumerable.Range(0, ids.Count));
    }
}
