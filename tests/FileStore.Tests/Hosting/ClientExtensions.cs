using CodeInterpreter.Files.V1;
using Google.Protobuf;
using Grpc.Core;
using static CodeInterpreter.Files.V1.FileService;
using StoredFileMessage = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.FileStore.Tests.Hosting;

/// <summary>The calls as a client makes them.</summary>
internal static class ClientExtensions
{
    private const int ChunkBytes = 64 * 1024;

    public static Task<StoredFileMessage> UploadAsync(
        this FileServiceClient client,
        string filename,
        byte[] content,
        string userId = "alice"
    ) => client.UploadAsync(new UploadHeader { UserId = userId, Filename = filename }, content);

    public static Task<StoredFileMessage> UploadAsync(this FileServiceClient client, UploadHeader header, byte[] content) =>
        client.SendAsync([
            new UploadRequest { Header = header },
            .. content.Chunk(ChunkBytes).Select(chunk => new UploadRequest { Chunk = ByteString.CopyFrom(chunk) }),
        ]);

    /// <summary>Sends any messages, also such as no decent client would.</summary>
    public static async Task<StoredFileMessage> SendAsync(this FileServiceClient client, params UploadRequest[] messages)
    {
        using var call = client.Upload(cancellationToken: TestContext.Current.CancellationToken);
        try
        {
            foreach (var message in messages)
            {
                await call.RequestStream.WriteAsync(message);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
            // The server answered before it had all; the response says why.
        }

        return await call.ResponseAsync;
    }

    public static async Task<(StoredFileMessage File, byte[] Content)> DownloadAsync(
        this FileServiceClient client,
        string fileId,
        string userId = "alice",
        long offset = 0
    )
    {
        using var call = client.Download(
            new DownloadRequest
            {
                UserId = userId,
                FileId = fileId,
                Offset = offset,
            },
            cancellationToken: TestContext.Current.CancellationToken
        );
        (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken)).ShouldBeTrue();
        var file = call.ResponseStream.Current.File.ShouldNotBeNull();
        using var content = new MemoryStream();
        await foreach (var message in call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            message.Chunk.Length.ShouldBeInRange(1, ChunkBytes);
            content.Write(message.Chunk.Span);
        }

        return (file, content.ToArray());
    }

    public static async Task<StoredFileMessage> GetFileAsync(this FileServiceClient client, string fileId, string userId = "alice") =>
        await client.GetAsync(new GetFileRequest { UserId = userId, FileId = fileId });

    public static async Task DeleteFileAsync(this FileServiceClient client, string fileId, string userId = "alice") =>
        await client.DeleteAsync(new DeleteFileRequest { UserId = userId, FileId = fileId });

    public static async Task<ListFilesResponse> ListFilesAsync(
        this FileServiceClient client,
        string userId = "alice",
        int pageSize = 0,
        string pageToken = ""
    ) =>
        await client.ListAsync(
            new ListFilesRequest
            {
                UserId = userId,
                PageSize = pageSize,
                PageToken = pageToken,
            }
        );
}
