using CodeInterpreter.Files.V1;
using CodeInterpreter.FileStore.Tests.Hosting;
using Google.Protobuf;
using Grpc.Core;

namespace CodeInterpreter.FileStore.Tests.Grpc;

public sealed class UploadErrorTests
{
    private static readonly UploadRequest Chunk = new() { Chunk = ByteString.CopyFrom(1) };

    public static TheoryData<string, string> WrongHeaders =>
        new()
        {
            { """{ "filename": "a" }""", "header.user_id" },
            { """{ "userId": "../bob", "filename": "a" }""", "header.user_id" },
            { """{ "userId": "u" }""", "header.filename" },
            { """{ "userId": "u", "filename": "/etc/passwd" }""", "header.filename" },
            { """{ "userId": "u", "filename": "a\u0000" }""", "header.filename" },
            { """{ "userId": "u", "filename": "a", "fileSize": -1 }""", "header.size" },
            { """{ "userId": "u", "filename": "a", "sha256": "abc" }""", "header.sha256" },
            { """{ "userId": "u", "filename": "a", "source": 9 }""", "header.source" },
            { """{ "userId": "u", "filename": "a", "source": 2 }""", "header.execution_id" },
            { """{ "userId": "u", "filename": "a", "executionId": "e" }""", "header.execution_id" },
            { """{ "userId": "u", "filename": "a", "source": 2, "executionId": "e/f" }""", "header.execution_id" },
            { """{ "fileSize": -1, "filename": ".." }""", "header.user_id header.filename header.size" },
        };

    [Theory]
    [MemberData(nameof(WrongHeaders))]
    public async Task Upload_InvalidHeader_NamesEveryFieldAndStoresNothing(string header, string fields)
    {
        await using var store = await RunningFileStore.StartAsync();

        await RpcAssert.RefusesAsync(
            () => store.Client.UploadAsync(JsonParser.Default.Parse<UploadHeader>(header), [1]),
            fields.Split(' ')
        );

        store.BlobPaths().ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_NoHeaderFirst_IsRefused()
    {
        await using var store = await RunningFileStore.StartAsync();

        await RpcAssert.RefusesAsync(() => store.Client.SendAsync(), "header");
        await RpcAssert.RefusesAsync(() => store.Client.SendAsync(Chunk), "header");
        await RpcAssert.RefusesAsync(() => store.Client.SendAsync(new UploadRequest()), "header");
    }

    [Fact]
    public async Task Upload_SecondHeaderOrEmptyMessage_IsRefusedAndStoresNothing()
    {
        await using var store = await RunningFileStore.StartAsync();

        await RpcAssert.RefusesAsync(() => store.Client.SendAsync(Header(), Chunk, Header()), "header");
        await RpcAssert.RefusesAsync(() => store.Client.SendAsync(Header(), new UploadRequest()), "chunk");

        store.BlobPaths().ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_LargestFile_IsStoredAndOneByteMoreIsRefused()
    {
        await using var store = await RunningFileStore.StartAsync(("FileStore:MaxFileBytes", "100000"));

        var file = await store.Client.UploadAsync("a", new byte[100_000]);
        var message = await RpcAssert.FailsAsync(StatusCode.ResourceExhausted, () => store.Client.UploadAsync("a", new byte[100_001]));

        message.ShouldContain("100000");
        store.BlobPaths().ShouldBe(["user_files/alice", $"user_files/alice/{file.FileId}"]);
    }

    [Fact]
    public async Task Upload_AnnouncedTooLarge_IsRefusedBeforeAnyByte()
    {
        await using var store = await RunningFileStore.StartAsync();
        var header = new UploadHeader
        {
            UserId = "alice",
            Filename = "a",
            FileSize = (50 * 1024 * 1024) + 1,
        };
        var token = TestContext.Current.CancellationToken;
        using var call = store.Client.Upload(cancellationToken: token);

        await call.RequestStream.WriteAsync(new UploadRequest { Header = header }, token);

        (await RpcAssert.FailsAsync(StatusCode.ResourceExhausted, () => call.ResponseAsync)).ShouldContain("52428800");
    }

    [Theory]
    [InlineData(100, 101, "")]
    [InlineData(3_000_000, 2_000_000, "")]
    [InlineData(100, 101, "a")]
    public async Task Upload_AnnouncedSizeBeyondTheQuota_IsRefusedBeforeAnyByte(long maxBytes, long size, string uploadId)
    {
        await using var store = await RunningFileStore.StartAsync(("FileStore:MaxUserBytes", $"{maxBytes}"));
        if (size < maxBytes)
            await store.Client.UploadAsync("first", new byte[size]);
        var token = TestContext.Current.CancellationToken;
        using var call = store.Client.Upload(cancellationToken: token);

        var header = new UploadHeader
        {
            UserId = "alice",
            Filename = "a",
            FileSize = size,
            UploadId = uploadId,
        };
        await call.RequestStream.WriteAsync(new UploadRequest { Header = header }, token);

        (
            await RpcAssert.FailsAsync(StatusCode.ResourceExhausted, () => call.ResponseAsync.WaitAsync(Eventually.Patience, token))
        ).ShouldContain($"of {maxBytes} bytes");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(0)]
    public async Task Upload_OtherSizeThanAnnounced_IsDataLossAndStoresNothing(int announced)
    {
        await using var store = await RunningFileStore.StartAsync();
        var header = new UploadHeader
        {
            UserId = "alice",
            Filename = "a",
            FileSize = announced,
        };

        var message = await RpcAssert.FailsAsync(StatusCode.DataLoss, () => store.Client.UploadAsync(header, [1, 2, 3]));

        message.ShouldContain($"announced");
        store.BlobPaths().ShouldBeEmpty();
        (await store.Client.ListFilesAsync()).Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_OtherContentThanAnnounced_IsDataLossAndStoresNothing()
    {
        await using var store = await RunningFileStore.StartAsync();
        var header = new UploadHeader
        {
            UserId = "alice",
            Filename = "a",
            Sha256 = new string('0', 64),
        };

        await RpcAssert.FailsAsync(StatusCode.DataLoss, () => store.Client.UploadAsync(header, [1, 2, 3]));

        store.BlobPaths().ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_FailingDisk_IsUnavailableAndLogged()
    {
        await using var store = await RunningFileStore.StartAsync();
        var incoming = Path.Combine(store.DataDirectory, "incoming");
        // Taken away as it is: the health check may just have a file there.
        Directory.Move(incoming, incoming + "-away");

        await RpcAssert.FailsAsync(StatusCode.Unavailable, () => store.Client.UploadAsync("a", [1]));

        store.Log.Errors.ShouldContain(text => text.Contains("The storage failed"));
    }

    private static UploadRequest Header() =>
        new()
        {
            Header = new UploadHeader { UserId = "alice", Filename = "a" },
        };
}
