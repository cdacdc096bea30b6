using CodeInterpreter.Files.V1;
using CodeInterpreter.FileStore.Expiry;
using CodeInterpreter.FileStore.Tests.Blobs;
using CodeInterpreter.FileStore.Tests.Hosting;
using CodeInterpreter.MongoDatabases;
using CodeInterpreter.ServiceDefaults.Errors;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace CodeInterpreter.FileStore.Tests.Grpc;

/// <summary>From when until when a file is there, and for whom.</summary>
public abstract class LifetimeTests(MongoFixture? mongo = null, S3Fixture? s3 = null) : ServiceContract(mongo, s3)
{
    public sealed class OnSqliteAndDisk : LifetimeTests;

    public sealed class OnMongoAndDisk(MongoFixture mongo) : LifetimeTests(mongo);

    public sealed class OnMongoAndS3(MongoFixture mongo, S3Fixture s3) : LifetimeTests(mongo, s3);

    [Fact]
    public async Task ExpiredFile_FromItsExpiry_IsNotFoundByAnyCall()
    {
        await using var store = await StartAsync();
        var file = await store.Client.UploadAsync("a", [1]);

        store.Time.Advance(TimeSpan.FromHours(48) - TimeSpan.FromMilliseconds(1));
        (await store.Client.DownloadAsync(file.FileId)).Content.ShouldBeBytes([1]);
        store.Time.Advance(TimeSpan.FromMilliseconds(1));

        await ShouldBeExpiredAsync(store, file.FileId);
        await ShouldBeUnknownAsync(store, file.FileId, "bob");
    }

    [Fact]
    public async Task ExpiredFile_IsSweptAtTheNextHour()
    {
        await using var store = await StartAsync();
        await store.Client.UploadAsync("a", [1]);

        store.Time.Advance(TimeSpan.FromHours(48));

        await Eventually.TrueAsync(async () => (await BlobsAsync()).Length == 0);
    }

    [Fact]
    public async Task ExpiredFile_OnceSwept_HasASpecificErrorForAWeek()
    {
        await using var store = await StartAsync();
        var file = await store.Client.UploadAsync("a", [1]);
        store.Time.Advance(TimeSpan.FromHours(48));
        await Eventually.TrueAsync(async () => (await BlobsAsync()).Length == 0);
        await ShouldBeExpiredAsync(store, file.FileId);

        store.Time.Advance(TimeSpan.FromDays(8));

        await Eventually.TrueAsync(async () =>
        {
            var exception = await Should.ThrowAsync<RpcException>(() => store.Client.GetFileAsync(file.FileId));
            return RpcErrors.ReasonOf(exception) is null;
        });
    }

    [Fact]
    public async Task Extend_File_LivesThatLong()
    {
        await using var store = await StartAsync();
        var file = await store.Client.UploadAsync("a", [1]);

        var extended = await store.Client.ExtendAsync(
            new ExtendFileRequest
            {
                UserId = "alice",
                FileId = file.FileId,
                LifetimeSeconds = 3 * 86_400,
            },
            cancellationToken: Token
        );
        store.Time.Advance(TimeSpan.FromDays(3) - TimeSpan.FromMilliseconds(1));

        extended.ExpiresAt.ToDateTimeOffset().ShouldBe(file.UploadedAt.ToDateTimeOffset().AddDays(3));
        (await store.Client.DownloadAsync(file.FileId)).Content.ShouldBeBytes([1]);
        store.Time.Advance(TimeSpan.FromMilliseconds(1));
        await ShouldBeExpiredAsync(store, file.FileId);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData((7 * 86_400) + 1)]
    public async Task Extend_InvalidLifetime_IsRefused(long seconds)
    {
        await using var store = await StartAsync();
        var file = await store.Client.UploadAsync("a", [1]);

        await RpcAssert.FailsAsync(
            StatusCode.InvalidArgument,
            async () =>
                await store.Client.ExtendAsync(
                    new ExtendFileRequest
                    {
                        UserId = "alice",
                        FileId = file.FileId,
                        LifetimeSeconds = seconds,
                    }
                )
        );
    }

    [Fact]
    public async Task DeleteExpired_FilesOfAUser_AreRemovedAndCounted()
    {
        await using var store = await StartAsync(("FileStore:Expiry:SweepInterval", "20.00:00:00"));
        await store.Client.UploadAsync("a", [1]);
        await store.Client.UploadAsync("b", [1]);
        store.Time.Advance(TimeSpan.FromHours(48));
        var kept = await store.Client.UploadAsync("c", [1]);
        var request = new DeleteExpiredFilesRequest { UserId = "alice" };

        (await store.Client.DeleteExpiredAsync(request, cancellationToken: Token)).Deleted.ShouldBe(2);
        (await store.Client.DeleteExpiredAsync(request, cancellationToken: Token)).Deleted.ShouldBe(0);

        (await BlobsAsync()).ShouldBe([$"user_files/alice/{kept.FileId}"]);
    }

    [Fact]
    public async Task Upload_BeyondTheQuota_IsRefusedWithTheFiguresAndLeavesNothing()
    {
        await using var store = await StartAsync(("FileStore:MaxUserBytes", "10"));
        var file = await store.Client.UploadAsync("a", new byte[8]);

        var exception = await Should.ThrowAsync<RpcException>(() => store.Client.UploadAsync("b", new byte[3]));

        (exception.StatusCode, RpcErrors.ReasonOf(exception)).ShouldBe((StatusCode.ResourceExhausted, FileErrorReasons.QuotaExceeded));
        exception.Status.Detail.ShouldContain("8 of 10 bytes");
        (await BlobsAsync()).ShouldBe([$"user_files/alice/{file.FileId}"]);
        var usage = await store.Client.UsageAsync(new FileUsageRequest { UserId = "alice" }, cancellationToken: Token);
        usage.ShouldBe(
            new FileUsage
            {
                Files = 1,
                Bytes = 8,
                MaxFiles = 10_000,
                MaxBytes = 10,
            }
        );
        await store.Client.DeleteFileAsync(file.FileId);
        (await store.Client.UploadAsync("b", new byte[10])).FileSize.ShouldBe(10);
    }

    [Fact]
    public async Task Retention_OfTheOperator_IsUsed()
    {
        await using var store = await StartAsync(("FileStore:Retention", "00:10:00"));

        var file = await store.Client.UploadAsync("a", [1]);

        (file.ExpiresAt.ToDateTimeOffset() - file.UploadedAt.ToDateTimeOffset()).ShouldBe(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task DeletedFile_IsNotFoundByAnyCallAndHasNoBytes()
    {
        await using var store = await StartAsync();
        var file = await store.Client.UploadAsync("a", [1]);

        await store.Client.DeleteFileAsync(file.FileId);

        await ShouldBeUnknownAsync(store, file.FileId, "alice");
        (await BlobsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("bob")]
    [InlineData("alice_1")]
    [InlineData("Alice")]
    public async Task FileOfAnotherUser_IsNotFoundAndStays(string other)
    {
        await using var store = await StartAsync();
        var file = await store.Client.UploadAsync("a", [1]);

        await ShouldBeUnknownAsync(store, file.FileId, other);

        (await store.Client.DownloadAsync(file.FileId)).Content.ShouldBeBytes([1]);
    }

    [Theory]
    [InlineData("alice_1_aaaaaaaaaaaaaaaa")]
    [InlineData("../alice/file")]
    [InlineData("' OR '1'='1")]
    [InlineData("%")]
    public async Task UnknownId_OfAnyForm_IsNotFound(string fileId)
    {
        await using var store = await StartAsync();
        await store.Client.UploadAsync("a", [1]);

        await ShouldFailAsync(store, fileId, "alice");
    }

    [Fact]
    public async Task PageToken_OfAnotherUser_ShowsOnlyOwnFiles()
    {
        await using var store = await StartAsync();
        await store.Client.UploadAsync("bob's", [1], userId: "bob");
        await store.Client.UploadAsync("a", [1]);
        await store.Client.UploadAsync("b", [1]);
        var token = (await store.Client.ListFilesAsync(pageSize: 1)).NextPageToken;

        var files = (await store.Client.ListFilesAsync("bob", pageToken: token)).Files;

        files.ShouldAllBe(file => file.UserId == "bob");
    }

    [Fact]
    public async Task StoredFiles_AfterARestart_AreThere()
    {
        string fileId;
        await using (var store = await StartAsync())
        {
            fileId = (await store.Client.UploadAsync("a", [1, 2])).FileId;
        }

        await using var restarted = await StartAsync();
        (await restarted.Client.DownloadAsync(fileId)).Content.ShouldBeBytes([1, 2]);
    }

    [Fact]
    public async Task Sweep_NewStore_RemovesNothing()
    {
        await using var store = await StartAsync();
        await store.Client.UploadAsync("a", [1]);

        var sweeper = store.Services.GetRequiredService<ExpiredFileSweeper>();

        (await sweeper.SweepAsync(Token)).ShouldBe(0);
    }

    private static async Task ShouldBeUnknownAsync(RunningFileStore store, string fileId, string userId)
    {
        await ShouldFailAsync(store, fileId, userId);
        (await store.Client.ListFilesAsync(userId)).Files.ShouldBeEmpty();
    }

    private static async Task ShouldBeExpiredAsync(RunningFileStore store, string fileId)
    {
        Func<Task>[] calls =
        [
            () => store.Client.GetFileAsync(fileId),
            () => store.Client.DownloadAsync(fileId),
            () => store.Client.DeleteFileAsync(fileId),
            async () =>
                await store.Client.ExtendAsync(
                    new ExtendFileRequest
                    {
                        UserId = "alice",
                        FileId = fileId,
                        LifetimeSeconds = 60,
                    }
                ),
        ];
        foreach (var call in calls)
        {
            var exception = await Should.ThrowAsync<RpcException>(call);
            (exception.StatusCode, RpcErrors.ReasonOf(exception)).ShouldBe((StatusCode.NotFound, FileErrorReasons.Expired));
        }

        (await store.Client.ListFilesAsync()).Files.ShouldBeEmpty();
    }

    private static async Task ShouldFailAsync(RunningFileStore store, string fileId, string userId)
    {
        Func<Task>[] calls =
        [
            () => store.Client.GetFileAsync($"{userId}_1_aaaaaaaaaaaaaaaa", userId),
            () => store.Client.GetFileAsync(fileId, userId),
            () => store.Client.DownloadAsync(fileId, userId),
            () => store.Client.DownloadAsync(fileId, userId, offset: 999),
            () => store.Client.DeleteFileAsync(fileId, userId),
        ];
        var messages = new HashSet<string>();
        foreach (var call in calls)
        {
            messages.Add(await RpcAssert.FailsAsync(StatusCode.NotFound, call));
        }

        messages.ShouldHaveSingleItem();
    }
}
