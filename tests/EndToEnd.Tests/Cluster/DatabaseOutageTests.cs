using System.Net;
using System.Text.Json.Nodes;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.TestServers;
using Grpc.Core;
using Grpc.Net.Client;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>The database goes away under load and comes back: what was accepted ends well, what is new is refused.</summary>
[Collection(typeof(OneCluster))]
public sealed class DatabaseOutageTests(ClusterFixture cluster)
{
    private const int Count = 24;

    private readonly string[] _users = [StandaloneFixture.NewUser(), StandaloneFixture.NewUser(), StandaloneFixture.NewUser()];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task MongoDb_OutageUnderLoad_LosesNothingAndNeedsNoRestart(bool crash)
    {
        Assert.SkipUnless(cluster.Mongo.IsOwned, "The server is not ours to stop.");
        var inputs = await Task.WhenAll(_users.Select(user => cluster.Gateways[0].UploadAsync(user, "in.txt", $"from {user}")));
        var answers = Enumerable
            .Range(0, Count)
            .Select(i => cluster.Gateways[i % 2].ExecuteAsync(UserOf(i), CodeOf(i, inputs[i % _users.Length])))
            .ToList();
        await Eventually.TrueAsync(async () => await cluster.Executions.CountDocumentsAsync(OfUsers, cancellationToken: Token) == Count);
        await Task.WhenAny(answers);

        await (crash ? cluster.Mongo.KillAsync(Token) : cluster.Mongo.StopAsync(Token));
        await Task.WhenAll([
            .. cluster.Gateways.Select(ShouldRefuseAsync),
            .. cluster.Gateways.Concat(cluster.FileStores).Select(ShouldBeAliveButNotReadyAsync),
        ]);
        await cluster.Mongo.StartAsync(Token);
        await cluster.UntilReadyAsync();

        var results = await Task.WhenAll(answers);
        results.Select(result => result.Text("output")).ShouldBe(Enumerable.Range(0, Count).Select(i => $"{i}\n"));
        results.Select(result => result.Text("execution_id")).Distinct().Count().ShouldBe(Count);
        for (var i = 0; i < Count; i++)
            await ShouldBeKnownToTheOtherGatewayAsync(i, results[i]);
        (await cluster.Executions.CountDocumentsAsync(OfUsers, cancellationToken: Token)).ShouldBe(Count);
        foreach (var user in _users)
        {
            (await cluster.Gateways[0].FilesAsync(user)).Count.ShouldBe(
                1 + results.Where((_, i) => UserOf(i) == user && WritesFile(i)).Count()
            );
        }
    }

    private FilterDefinition<BsonDocument> OfUsers => Builders<BsonDocument>.Filter.In("user_id", _users);

    private string UserOf(int i) => _users[i % _users.Length];

    private static bool WritesFile(int i) => i % 4 != 3;

    private static bool ReadsFile(int i) => i % 4 == 0;

    private static string TextOf(int i, string input) => ReadsFile(i) ? $"{input} {i}" : $"{i}";

    private static string CodeOf(int i, string fileId) =>
        "import time\ntime.sleep(1)\n"
        + $"text = {(ReadsFile(i) ? $"load_file('{fileId}') + ' {i}'" : $"'{i}'")}\n"
        + (WritesFile(i) ? "open('out.txt', 'w').write(text)\n" : "")
        + $"print({i})";

    private async Task ShouldRefuseAsync(ServiceProcess gateway)
    {
        var user = StandaloneFixture.NewUser();
        using var channel = GrpcChannel.ForAddress(gateway.GrpcAddress);
        var executions = new ExecutionService.ExecutionServiceClient(channel);
        // All at once: each is refused after some seconds, and a runner waits for inputs for a minute only.
        var refusal = Should.ThrowAsync<RpcException>(async () =>
            await executions.ExecuteAsync(new ExecuteRequest { UserId = user, Code = "print('refused')" }, cancellationToken: Token)
        );
        var answers = await Task.WhenAll(
            gateway.Http.PostExecutionAsync(user, "print('refused')"),
            gateway.PostFileAsync(user, "refused.txt", "refused"),
            gateway.Http.GetAsync($"/v1/files?user_id={user}", Token)
        );
        foreach (var answer in answers)
        {
            using var _ = answer;
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        }

        (await refusal).StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    private static async Task ShouldBeAliveButNotReadyAsync(ServiceProcess service)
    {
        (await service.Http.StatusAsync("/health/live")).ShouldBe(HttpStatusCode.OK);
        (await service.Http.StatusAsync("/health/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    private async Task ShouldBeKnownToTheOtherGatewayAsync(int i, JsonObject answer)
    {
        var other = cluster.Gateways[(i + 1) % 2];
        var result = await other.ResultAsync(UserOf(i), answer.Text("execution_id"));
        result.Text("output").ShouldBe($"{i}\n");
        if (!WritesFile(i))
            return;

        var file = result.Objects("generated_files").ShouldHaveSingleItem(result.ToJsonString());
        (await other.DownloadAsync(UserOf(i), file.Text("file_id"))).ShouldBe(TextOf(i, $"from {UserOf(i)}"));
    }
}
