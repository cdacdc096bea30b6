using System.Net;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Tests.Http;
using CodeInterpreter.MongoDatabases;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.Gateway.Tests.Hosting;

/// <summary>The gateway while its database is away, at the start and later.</summary>
public sealed class DatabaseAwayTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MongoDb_UnavailableAtTheStartAndLater_NeedsNoRestart()
    {
        await using var server = await MongoServer.LaunchAsync(Token);
        Assert.SkipUnless(server.IsOwned, "The server is not ours to stop.");
        await server.StopAsync(Token);
        await using var fileStore = await FileStoreHost.StartAsync();
        await using var gateway = await StartAsync(server, fileStore);
        await ShouldBeAwayAsync(gateway);

        await server.StartAsync(Token);
        await ShouldComeBackAsync(gateway);
        var executed = await ExecuteAsync(gateway);
        await server.StopAsync(Token);
        await ShouldBeAwayAsync(gateway);
        await server.StartAsync(Token);

        await ShouldComeBackAsync(gateway);
        (await ExecuteAsync(gateway)).Success.ShouldBeTrue();
        var found = await gateway.Executions.GetAsync(
            new GetExecutionRequest { UserId = "u", ExecutionId = executed.ExecutionId },
            cancellationToken: Token
        );
        found.ExecutionId.ShouldBe(executed.ExecutionId);
    }

    private static Task<GatewayHost> StartAsync(MongoServer server, FileStoreHost fileStore) =>
        GatewayHost.StartAsync(
            new Dictionary<string, string?>
            {
                ["Gateway:FileStoreAddress"] = fileStore.Address.ToString(),
                ["Database:Provider"] = "MongoDb",
                ["Database:MongoDb"] = MongoTestDatabase.AddressOf(server),
            },
            TimeProvider.System
        );

    private static async Task<ExecutionResult> ExecuteAsync(GatewayHost gateway) =>
        await gateway.Executions.ExecuteAsync(new ExecuteRequest { UserId = "u", Code = "print(1)" }, cancellationToken: Token);

    private static async Task ShouldBeAwayAsync(GatewayHost gateway)
    {
        using var live = await gateway.Http.GetAsync("/health/live", Token);
        live.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ReadinessAsync(gateway)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var response = await gateway.Http.ExecuteAsync("""{ "user_id": "u", "code": "1" }""");
        await response.ShouldBeProblemAsync(503);
    }

    // A server that has just started answers before it can be used: on a busy machine its first commands take longer than the gateway
    // waits.
    private static Task ShouldComeBackAsync(GatewayHost gateway) =>
        Eventually.TrueAsync(async () => await ReadinessAsync(gateway) == HttpStatusCode.OK);

    private static async Task<HttpStatusCode> ReadinessAsync(GatewayHost gateway)
    {
        using var ready = await gateway.Http.GetAsync("/health/ready", Token);
        return ready.StatusCode;
    }
}
