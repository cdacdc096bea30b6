using CodeInterpreter.Files.V1;
using CodeInterpreter.TestServers;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>A file store ends in the middle of an upload; nobody ever sees half a file.</summary>
[Collection(typeof(OneCluster))]
public sealed class FileStoreCrashTests(ClusterFixture cluster)
{
    private const int ChunkBytes = 64 * 1024;
    private const int Chunks = 16;

    private readonly string _user = StandaloneFixture.NewUser();

    [Fact]
    public async Task FileStore_KilledDuringAnUpload_HasAllFilesButThatOne()
    {
        await using (var store = await cluster.StartFileStoreAsync())
        {
            using var channel = GrpcChannel.ForAddress(store.GrpcAddress);
            var files = ClientOf(channel);
            await UploadAsync(files, "whole.bin", complete: true);
            var half = await UploadAsync(files, "half.bin", complete: false);
            await Eventually.TrueAsync(() =>
                Directory.EnumerateFiles(Path.Combine(cluster.DataDirectory, "incoming")).Any(path => new FileInfo(path).Length > 0)
            );

            await store.KillAsync();
            await Should.ThrowAsync<RpcException>(() => half.ResponseAsync);
        }

        await using var successor = await cluster.StartFileStoreAsync();
        foreach (var store in (ServiceProcess[])[.. cluster.FileStores, successor])
            await ShouldHaveTheWholeFileAsync(store);
    }

    private async Task<AsyncClientStreamingCall<UploadRequest, Files.V1.File>> UploadAsync(
        FileService.FileServiceClient files,
        string name,
        bool complete
    )
    {
        var upload = files.Upload();
        await upload.RequestStream.WriteAsync(
            new UploadRequest
            {
                Header = new UploadHeader { UserId = _user, Filename = name },
            }
        );
        var chunk = UnsafeByteOperations.UnsafeWrap(new byte[ChunkBytes]);
        for (var i = 0; i < Chunks; i++)
            await upload.RequestStream.WriteAsync(new UploadRequest { Chunk = chunk });
        if (!complete)
            return upload;

        await upload.RequestStream.CompleteAsync();
        await upload.ResponseAsync;
        return upload;
    }

    // The store itself is asked, as a gateway does it.
    private FileService.FileServiceClient ClientOf(GrpcChannel channel) =>
        new(
            channel.Intercept(metadata =>
            {
                metadata.Add("authorization", "Bearer " + PlainToken.ForService(cluster.TrustKey));
                return metadata;
            })
        );

    private async Task ShouldHaveTheWholeFileAsync(ServiceProcess store)
    {
        using var channel = GrpcChannel.ForAddress(store.GrpcAddress);
        var files = ClientOf(channel);
        var list = await files.ListAsync(new ListFilesRequest { UserId = _user }, cancellationToken: TestContext.Current.CancellationToken);
        var file = list.Files.ShouldHaveSingleItem();
        file.Filename.ShouldBe("whole.bin");
        using var download = files.Download(new DownloadRequest { UserId = _user, FileId = file.FileId });
        var bytes = 0;
        await foreach (var message in download.ResponseStream.ReadAllAsync())
            bytes += message.Chunk.Length;
        bytes.ShouldBe(Chunks * ChunkBytes);
    }
}
