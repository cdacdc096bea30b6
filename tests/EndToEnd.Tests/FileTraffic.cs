using CodeInterpreter.Files.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace CodeInterpreter.EndToEnd.Tests;

/// <summary>Uploads and downloads of large files, each on a connection of its own and without the content in memory.</summary>
internal sealed class FileTraffic(Uri address, string userId)
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>Stores a file of so many bytes; returns its id.</summary>
    public async Task<string> UploadAsync(long bytes, CancellationToken cancellationToken)
    {
        using var channel = GrpcChannel.ForAddress(address);
        using var call = new FileService.FileServiceClient(channel).Upload(cancellationToken: cancellationToken);
        var header = new UploadHeader
        {
            UserId = userId,
            Filename = "large.bin",
            FileSize = bytes,
        };
        await call.RequestStream.WriteAsync(new UploadRequest { Header = header }, cancellationToken);
        var chunk = ByteString.CopyFrom(new byte[ChunkBytes]);
        for (var rest = bytes; rest > 0; rest -= chunk.Length)
        {
            if (rest < chunk.Length)
                chunk = ByteString.CopyFrom(new byte[rest]);
            await call.RequestStream.WriteAsync(new UploadRequest { Chunk = chunk }, cancellationToken);
        }

        await call.RequestStream.CompleteAsync();
        return (await call.ResponseAsync).FileId;
    }

    /// <summary>Reads a file to its end; returns how many bytes it had.</summary>
    public async Task<long> DownloadAsync(string fileId, CancellationToken cancellationToken)
    {
        using var channel = GrpcChannel.ForAddress(address);
        var request = new DownloadRequest { UserId = userId, FileId = fileId };
        using var call = new FileService.FileServiceClient(channel).Download(request, cancellationToken: cancellationToken);
        var bytes = 0L;
        await foreach (var message in call.ResponseStream.ReadAllAsync(cancellationToken))
            bytes += message.Chunk.Length;
        return bytes;
    }
}
