using System.Security.Cryptography;
using CodeInterpreter.Files.V1;
using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Tests.Blobs;
using CodeInterpreter.FileStore.Tests.Hosting;
using CodeInterpreter.MongoDatabases;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace CodeInterpreter.FileStore.Tests.Grpc;

public abstract class DownloadTests(MongoFixture? mongo = null, S3Fixture? s3 = null) : ServiceContract(mongo, s3)
{
    public sealed class OnSqliteAndDisk : DownloadTests;

    public sealed class OnMongoAndDisk(MongoFixture mongo) : DownloadTests(mongo);

    public sealed class OnMongoAndS3(MongoFixture mongo, S3Fixture s3) : DownloadTests(mongo, s3);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(199_999)]
    [InlineData(200_000)]
    public async Task Download_FromAnOffset_BeginsThere(int offset)
    {
        await using var store = await StartAsync();
        var content = RandomNumberGenerator.GetBytes(200_000);
        var file = await store.Client.UploadAsync("a", content);

        (await store.Client.DownloadAsync(file.FileId, offset: offset)).Content.ShouldBeBytes(content[offset..]);
    }

    [Fact]
    public async Task Download_FromAfterTheEnd_IsOutOfRange()
    {
        await using var store = await StartAsync();
        var file = await store.Client.UploadAsync("a", [1, 2, 3]);

        var message = await RpcAssert.FailsAsync(StatusCode.OutOfRange, () => store.Client.DownloadAsync(file.FileId, offset: 4));

        message.ShouldContain("3 bytes");
    }

    [Fact]
    public async Task Download_WrongRequest_NamesEveryField()
    {
        await using var store = await StartAsync();

        await RpcAssert.RefusesAsync(() => store.Client.DownloadAsync("", userId: "", offset: -1), "user_id", "file_id", "offset");
    }

    [Fact]
    public async Task Download_FileDeletedMeanwhile_ContinuesToItsEnd()
    {
        await using var store = await StartAsync();
        var content = RandomNumberGenerator.GetBytes(5_000_000);
        var file = await store.Client.UploadAsync("a", content);
        using var call = store.Client.Download(new DownloadRequest { UserId = "alice", FileId = file.FileId }, cancellationToken: Token);
        await call.ResponseStream.MoveNext(Token);

        await store.Client.DeleteFileAsync(file.FileId);

        using var received = new MemoryStream();
        await foreach (var message in call.ResponseStream.ReadAllAsync(Token))
        {
            received.Write(message.Chunk.Span);
        }

        received.ToArray().ShouldBeBytes(content);
        await RpcAssert.FailsAsync(StatusCode.NotFound, () => store.Client.DownloadAsync(file.FileId));
    }

    [Fact]
    public async Task Download_RecordWithoutBytes_IsDataLossAndLogged()
    {
        await using var store = await StartAsync();
        // It would find out, too, and remove the record.
        await store.UntilSweptAsync();
        var file = await store.Client.UploadAsync("a", [1]);
        await BlobsOf(store).DeleteAsync(new BlobKey("alice", file.FileId), Token);

        await RpcAssert.FailsAsync(StatusCode.DataLoss, () => store.Client.DownloadAsync(file.FileId));

        store.Log.Errors.ShouldHaveSingleItem().ShouldContain(file.FileId);
    }

    [Fact]
    public async Task Download_FewerBytesThanRecorded_IsDataLoss()
    {
        await using var store = await StartAsync();
        // It would find out, too, and remove the record.
        await store.UntilSweptAsync();
        var file = await store.Client.UploadAsync("a", new byte[100_000]);
        await using (var writer = await BlobsOf(store).CreateAsync(new BlobKey("alice", file.FileId), Token))
        {
            await writer.WriteAsync(new byte[70_000], Token);
            await writer.CommitAsync(Token);
        }

        await RpcAssert.FailsAsync(StatusCode.DataLoss, () => store.Client.DownloadAsync(file.FileId));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public async Task Download_OtherBytesThanStored_IsDataLossBeforeTheEnd(int size)
    {
        await using var store = await StartAsync();
        var file = await store.Client.UploadAsync("a", new byte[size]);
        var changed = new byte[size];
        changed[size / 2] = 1;
        await using (var writer = await BlobsOf(store).CreateAsync(new BlobKey("alice", file.FileId), Token))
        {
            await writer.WriteAsync(changed, Token);
            await writer.CommitAsync(Token);
        }

        var received = 0;
        using var call = store.Client.Download(new DownloadRequest { UserId = "alice", FileId = file.FileId }, cancellationToken: Token);
        await RpcAssert.FailsAsync(
            StatusCode.DataLoss,
            async () =>
            {
                await foreach (var part in call.ResponseStream.ReadAllAsync(Token))
                    received += part.Chunk.Length;
            }
        );

        received.ShouldBeLessThan(size);
        store.Log.Errors.ShouldContain(error => error.Contains(file.FileId));
    }

    [Fact]
    public async Task Download_ReaderStalls_EndsAfterTheIdleTimeout()
    {
        await using var store = await StartAsync();
        var file = await store.Client.UploadAsync("a", new byte[20_000_000]);
        using var call = store.Client.Download(new DownloadRequest { UserId = "alice", FileId = file.FileId }, cancellationToken: Token);
        await call.ResponseHeadersAsync;

        await Eventually.TrueAsync(() =>
        {
            store.Time.Advance(TimeSpan.FromMinutes(2));
            return store.Log.Texts.Any(text => text.Contains("stood still"));
        });

        // A write that is given up resets the stream, so that the reason does not get through.
        await Should.ThrowAsync<RpcException>(() => call.ResponseStream.ReadAllAsync(Token).ToListAsync(Token).AsTask());
    }

    [Fact]
    public async Task Download_ManyAtOnce_EachHasTheWholeFile()
    {
        await using var store = await StartAsync();
        var content = RandomNumberGenerator.GetBytes(1_000_000);
        var file = await store.Client.UploadAsync("a", content);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 20),
            Token,
            async (_, _) => (await store.Client.DownloadAsync(file.FileId)).Content.ShouldBeBytes(content)
        );
    }

    private static IBlobStore BlobsOf(RunningFileStore store) => store.Services.GetRequiredService<IBlobStore>();
}
