using CodeInterpreter.Files.V1;
using CodeInterpreter.MongoDatabases;
using CodeInterpreter.TestServers;
using Grpc.Core;
using Grpc.Health.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;
using FileMessage = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.FileStore.Tests.Hosting;

/// <summary>The service without its database: up, not ready, and well again as soon as the database is.</summary>
public sealed class DatabaseAwayTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sqlite_CannotBeOpenedAtTheStart_IsRetried()
    {
        using var directory = new TemporaryDirectory();
        var inTheWay = Directory.CreateDirectory(Path.Combine(directory.Path, "metadata.db"));
        await using var store = await RunningFileStore.StartAsync(("FileStore:DataDirectory", directory.Path));
        (await ReadinessAsync(store)).ShouldBe(ServingStatus.NotServing);

        inTheWay.Delete();
        await Eventually.TrueAsync(async () =>
        {
            store.Time.Advance(TimeSpan.FromSeconds(1));
            return await ReadinessAsync(store) == ServingStatus.Serving;
        });

        (await ListAsync(store)).ShouldBeEmpty();
    }

    [Fact]
    public async Task MongoDb_UnavailableAtTheStartAndLater_NeedsNoRestart()
    {
        await using var server = await MongoServer.LaunchAsync(Token);
        Assert.SkipUnless(server.IsOwned, "The server is not ours to stop.");
        await server.StopAsync(Token);
        await using var store = await RunningFileStore.StartAsync(
            ("Database:Provider", "MongoDb"),
            ("Database:MongoDb", MongoTestDatabase.AddressOf(server))
        );
        await ShouldBeAwayAsync(store);

        await server.StartAsync(Token);
        await Eventually.TrueAsync(async () => await ReadinessAsync(store) == ServingStatus.Serving);
        var stored = await store.Client.UploadAsync("a.txt", "bytes"u8.ToArray());
        await server.StopAsync(Token);
        await ShouldBeAwayAsync(store);
        await server.StartAsync(Token);
        await Eventually.TrueAsync(async () => await ReadinessAsync(store) == ServingStatus.Serving);

        (await ListAsync(store)).ShouldHaveSingleItem().FileId.ShouldBe(stored.FileId);
    }

    private static async Task ShouldBeAwayAsync(RunningFileStore store)
    {
        (await ReadinessAsync(store)).ShouldBe(ServingStatus.NotServing);
        (await Should.ThrowAsync<RpcException>(() => ListAsync(store))).StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    private static async Task<IEnumerable<FileMessage>> ListAsync(RunningFileStore store) =>
        (await store.Client.ListAsync(new ListFilesRequest { UserId = "alice" }, cancellationToken: Token)).Files;

    private static async Task<ServingStatus> ReadinessAsync(RunningFileStore store)
    {
        var client = new global::Grpc.Health.V1.Health.HealthClient(store.Channel);
        return (await client.CheckAsync(new HealthCheckRequest(), cancellationToken: Token)).Status;
    }
}
