using System.Security.Cryptography;
using CodeInterpreter.Files.V1;
using CodeInterpreter.FileStore.Tests.Blobs;
using CodeInterpreter.FileStore.Tests.Hosting;
using CodeInterpreter.MongoDatabases;
using CodeInterpreter.ServiceDefaults.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace CodeInterpreter.FileStore.Tests.Grpc;

public abstract class UploadTests(MongoFixture? mongo = null, S3Fixture? s3 = null) : ServiceContract(mongo, s3)
{
    public sealed class OnSqliteAndDisk : UploadTests;

    public sealed class OnMongoAndDisk(MongoFixture mongo) : UploadTests(mongo);

    public sealed class OnMongoAndS3(MongoFixture mongo, S3Fixture s3) : UploadTests(mongo, s3);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(1_000_001)]
    public async Task Upload_ContentOfAnySize_IsReturnedUnchanged(int size)
    {
        await using var store = await StartAsync();
        var content = RandomNumberGenerator.GetBytes(size);

        var file = await store.Client.UploadAsync("report.csv", content);
        var (record, downloaded) = await store.Client.DownloadAsync(file.FileId);

        record.ShouldBe(file);
        downloaded.ShouldBeBytes(content);
        file.FileSize.ShouldBe(size);
        file.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    [Fact]
    public async Task Upload_ByAUser_ReturnsTheWholeRecord()
    {
        await using var store = await StartAsync();

        var file = await store.Client.UploadAsync("report.csv", "a,b"u8.ToArray(), userId: "user_1-x");

        file.FileId.ShouldMatch($"^user_1-x_{store.Time.GetUtcNow().ToUnixTimeSeconds()}_[a-z2-7]{{16}}$");
        file.UserId.ShouldBe("user_1-x");
        file.Filename.ShouldBe("report.csv");
        file.FileType.ShouldBe("data");
        file.MimeType.ShouldBe("text/csv");
        file.Source.ShouldBe(FileSource.Uploaded);
        file.ExecutionId.ShouldBeEmpty();
        file.UploadedAt.ToDateTimeOffset().ShouldBe(store.Time.GetUtcNow());
        file.ExpiresAt.ToDateTimeOffset().ShouldBe(store.Time.GetUtcNow().AddHours(48));
    }

    [Fact]
    public async Task Upload_ByAnExecution_RecordsItsId()
    {
        await using var store = await StartAsync();
        var header = new UploadHeader
        {
            UserId = "alice",
            Filename = "plot.png",
            Source = FileSource.Generated,
            ExecutionId = "exec-1",
        };

        var file = await store.Client.UploadAsync(header, [1]);

        (await store.Client.GetFileAsync(file.FileId)).ShouldBe(file);
        file.Source.ShouldBe(FileSource.Generated);
        file.ExecutionId.ShouldBe("exec-1");
    }

    [Fact]
    public async Task Upload_CorrectSizeAndHash_IsStored()
    {
        await using var store = await StartAsync();
        var header = new UploadHeader
        {
            UserId = "alice",
            Filename = "a",
            FileSize = 3,
            Sha256 = Convert.ToHexString(SHA256.HashData([1, 2, 3])),
        };

        (await store.Client.UploadAsync(header, [1, 2, 3])).Sha256.ShouldBe(header.Sha256.ToLowerInvariant());
    }

    [Fact]
    public async Task Upload_ChunksOfAnySize_AreJoined()
    {
        await using var store = await StartAsync();
        var big = RandomNumberGenerator.GetBytes(3_000_000);

        var file = await store.Client.SendAsync(
            new UploadRequest
            {
                Header = new UploadHeader { UserId = "alice", Filename = "a" },
            },
            new UploadRequest { Chunk = ByteString.Empty },
            new UploadRequest { Chunk = ByteString.CopyFrom(7) },
            new UploadRequest { Chunk = ByteString.CopyFrom(big) }
        );

        (await store.Client.DownloadAsync(file.FileId)).Content.ShouldBeBytes([7, .. big]);
    }

    [Theory]
    [InlineData("plots/2025/figure 1.png")]
    [InlineData("Größe – 数据 🙂.csv")]
    [InlineData("e\u0301 decomposed.txt")]
    [InlineData(@"..\..\windows\system32")]
    [InlineData("-rf *")]
    [InlineData("%2e%2e/%00")]
    [InlineData("'; DROP TABLE user_files; --")]
    [InlineData("$(reboot)`x`&|<>\"")]
    [InlineData(" leading and trailing ")]
    [InlineData("CON")]
    [InlineData(".hidden")]
    public async Task Upload_NamesOfEveryKind_AreKeptAndStayOutOfPathsAndLogs(string name)
    {
        await using var store = await StartAsync();

        var file = await store.Client.UploadAsync(name, [1]);

        file.Filename.ShouldBe(name);
        (await store.Client.ListFilesAsync()).Files.ShouldHaveSingleItem().Filename.ShouldBe(name);
        (await BlobsAsync()).ShouldBe([$"user_files/alice/{file.FileId}"]);
        store.Log.Texts.ShouldNotContain(text => text.Contains(name));
    }

    [Fact]
    public async Task Upload_SameNameTwice_StoresTwoFiles()
    {
        await using var store = await StartAsync();

        var first = await store.Client.UploadAsync("same.txt", [1]);
        var second = await store.Client.UploadAsync("same.txt", [2]);

        (await store.Client.DownloadAsync(first.FileId)).Content.ShouldBeBytes([1]);
        (await store.Client.DownloadAsync(second.FileId)).Content.ShouldBeBytes([2]);
    }

    [Fact]
    public async Task Upload_ManyAtOnce_AreSeparate()
    {
        await using var store = await StartAsync();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 200),
            Token,
            async (number, _) =>
            {
                var user = $"user{number % 7}";
                var content = RandomNumberGenerator.GetBytes(number * 500);
                var file = await store.Client.UploadAsync($"{number}.bin", content, user);
                (await store.Client.DownloadAsync(file.FileId, user)).Content.ShouldBeBytes(content);
            }
        );

        (await store.Client.ListFilesAsync("user3")).Files.Count.ShouldBe(29);
    }

    [Fact]
    public async Task Upload_SameUploadIdAndContent_IsTheSameFile()
    {
        await using var store = await StartAsync();

        var first = await UploadAsync(store, "a.txt", [1]);
        var again = await UploadAsync(store, "a.txt", [1]);

        again.ShouldBe(first);
        (await BlobsAsync()).ShouldBe([$"user_files/alice/{first.FileId}"]);
    }

    [Theory]
    [InlineData("a.txt", 2)]
    [InlineData("b.txt", 1)]
    public async Task Upload_SameUploadIdAndOtherContentOrName_ReplacesTheFile(string name, byte content)
    {
        await using var store = await StartAsync();
        await UploadAsync(store, "a.txt", [1]);

        var replaced = await UploadAsync(store, name, [content]);

        (await store.Client.ListFilesAsync()).Files.ShouldHaveSingleItem().ShouldBe(replaced);
        (await store.Client.DownloadAsync(replaced.FileId)).Content.ShouldBeBytes([content]);
        (await BlobsAsync()).ShouldBe([$"user_files/alice/{replaced.FileId}"]);
    }

    [Fact]
    public async Task Upload_UploadIdOfAnExpiredFile_IsANewFile()
    {
        await using var store = await StartAsync();
        var first = await UploadAsync(store, "a.txt", [1]);
        store.Time.Advance(TimeSpan.FromHours(48));

        var second = await UploadAsync(store, "a.txt", [1]);

        second.FileId.ShouldNotBe(first.FileId);
        var gone = await Should.ThrowAsync<RpcException>(() => store.Client.GetFileAsync(first.FileId));
        RpcErrors.ReasonOf(gone).ShouldBe("EXPIRED");
        (await store.Client.ListFilesAsync()).Files.ShouldHaveSingleItem().ShouldBe(second);
    }

    [Fact]
    public async Task Upload_OneUploadIdManyTimesAtOnce_StoresOneFile()
    {
        await using var store = await StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => UploadAsync(store, "a.txt", [(byte)(i % 2)])));

        var file = (await store.Client.ListFilesAsync()).Files.ShouldHaveSingleItem();
        (await BlobsAsync()).ShouldBe([$"user_files/alice/{file.FileId}"]);
    }

    [Fact]
    public async Task Upload_ReplacementBeyondTheQuota_KeepsTheFirstFile()
    {
        await using var store = await StartAsync(("FileStore:MaxUserBytes", "100"));
        var first = await UploadAsync(store, "a.txt", new byte[60]);

        await RpcAssert.FailsAsync(StatusCode.ResourceExhausted, () => UploadAsync(store, "a.txt", new byte[101]));

        (await store.Client.DownloadAsync(first.FileId)).Content.ShouldBeBytes(new byte[60]);
        (await BlobsAsync()).ShouldBe([$"user_files/alice/{first.FileId}"]);
        (await UploadAsync(store, "a.txt", new byte[60])).ShouldBe(first);
        (await UploadAsync(store, "a.txt", new byte[90])).FileSize.ShouldBe(90);
    }

    private static Task<CodeInterpreter.Files.V1.File> UploadAsync(RunningFileStore store, string name, byte[] content) =>
        store.Client.UploadAsync(
            new UploadHeader
            {
                UserId = "alice",
                Filename = name,
                UploadId = "exec-1/a",
            },
            content
        );
}
