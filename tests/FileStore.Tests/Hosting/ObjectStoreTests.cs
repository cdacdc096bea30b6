using System.Security.Cryptography;
using CodeInterpreter.FileStore.Tests.Blobs;
using CodeInterpreter.MongoDatabases;
using CodeInterpreter.TestServers;
using Grpc.Core;
using Grpc.Health.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace CodeInterpreter.FileStore.Tests.Hosting;

/// <summary>The service with records in MongoDB and bytes in a bucket.</summary>
public sealed class ObjectStoreTests(MongoFixture mongo, S3Fixture s3)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(70_000)]
    [InlineData(11_000_000)]
    public async Task File_InABucket_IsReadFromAnyOffsetListedAndDeleted(int size)
    {
        await using var bucket = new S3TestBucket(await s3.ServerAsync());
        await using var store = await StartAsync(bucket);
        var content = RandomNumberGenerator.GetBytes(size);

        var file = await store.Client.UploadAsync("a.bin", content);

        (await store.Client.DownloadAsync(file.FileId)).Content.ShouldBeBytes(content);
        (await store.Client.DownloadAsync(file.FileId, offset: size / 2)).Content.ShouldBeBytes(content[(size / 2)..]);
        (await store.Client.DownloadAsync(file.FileId, offset: size)).Content.ShouldBeEmpty();
        (await store.Client.ListFilesAsync()).Files.ShouldHaveSingleItem().ShouldBe(file);
        await store.Client.DeleteFileAsync(file.FileId);
        (await bucket.ObjectsAsync()).ShouldNotContain(name => name.Contains(file.FileId));
    }

    [Fact]
    public async Task Upload_OtherContentThanAnnounced_LeavesNothing()
    {
        await using var bucket = new S3TestBucket(await s3.ServerAsync());
        await using var store = await StartAsync(bucket);
        var header = new CodeInterpreter.Files.V1.UploadHeader
        {
            UserId = "alice",
            Filename = "a",
            Sha256 = new string('0', 64),
        };

        await RpcAssert.FailsAsync(StatusCode.DataLoss, () => store.Client.UploadAsync(header, new byte[6_000_000]));

        (await bucket.ObjectsAsync()).ShouldNotContain(name => name.Contains("alice"));
        (await bucket.UploadsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Files_ManyAtOnce_AreSeparate()
    {
        await using var bucket = new S3TestBucket(await s3.ServerAsync());
        await using var store = await StartAsync(bucket);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 40),
            Token,
            async (number, _) =>
            {
                var content = RandomNumberGenerator.GetBytes(number * 5_000);
                var file = await store.Client.UploadAsync($"{number}", content);
                (await store.Client.DownloadAsync(file.FileId)).Content.ShouldBeBytes(content);
            }
        );

        (await store.Client.ListFilesAsync()).Files.Count.ShouldBe(40);
    }

    [Fact]
    public async Task ObjectStore_Unavailable_NeedsNoRestart()
    {
        await using var server = await S3Server.LaunchAsync(Token);
        Assert.SkipUnless(server.IsOwned, "The server is not ours to stop.");
        var bucket = new S3TestBucket(server);
        await server.StopAsync(Token);
        await using var store = await StartAsync(bucket);
        (await ReadinessAsync(store)).ShouldBe(ServingStatus.NotServing);
        await RpcAssert.FailsAsync(StatusCode.Unavailable, () => store.Client.UploadAsync("a", [1]));

        await server.StartAsync(Token);
        await Eventually.TrueAsync(async () =>
        {
            store.Time.Advance(TimeSpan.FromSeconds(1));
            return await ReadinessAsync(store) == ServingStatus.Serving;
        });

        var file = await store.Client.UploadAsync("a", [1]);
        (await store.Client.DownloadAsync(file.FileId)).Content.ShouldBeBytes([1]);
    }

    private async Task<RunningFileStore> StartAsync(S3TestBucket bucket) =>
        await RunningFileStore.StartAsync([
            .. bucket.Settings,
            ("Database:Provider", "MongoDb"),
            ("Database:MongoDb", (await mongo.ServerAsync()).ConnectionString),
            ("Database:Name", MongoServer.NewDatabaseName()),
        ]);

    private static async Task<ServingStatus> ReadinessAsync(RunningFileStore store)
    {
        var client = new global::Grpc.Health.V1.Health.HealthClient(store.Channel);
        return (await client.CheckAsync(new HealthCheckRequest(), cancellationToken: Token)).Status;
    }
}
