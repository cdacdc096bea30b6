using System.Security.Cryptography;
using CodeInterpreter.Files.V1;
using Google.Protobuf;
using Grpc.Core;

namespace CodeInterpreter.Client;

/// <summary>One upload, which is repeated from the beginning where it breaks off and its content can be read again.</summary>
internal sealed class Upload(Connection connection, UploadHeader header, Stream content, IProgress<TransferProgress>? progress)
{
    private const int ChunkBytes = 64 * 1024;

    private readonly long _start = content.CanSeek ? content.Position : 0;
    private readonly byte[] _chunk = new byte[ChunkBytes];
    private bool _hasRead;

    public Task<StoredFile> RunAsync(CancellationToken cancellationToken) =>
        connection.CallAsync("upload", _ => SendAsync(cancellationToken), cancellationToken);

    private async Task<StoredFile> SendAsync(CancellationToken cancellationToken)
    {
        if (content.CanSeek)
            content.Position = _start;
        using var call = connection.Wire.Files.Upload(await connection.PrepareAsync(deadline: null, cancellationToken));
        try
        {
            var sha256 = await SendAsync(call.RequestStream, cancellationToken);
            var stored = FileMapping.ToFile(await call.ResponseAsync);
            await CheckAsync(stored, sha256, cancellationToken);
            return stored;
        }
        catch (RpcException exception) when (_hasRead && !content.CanSeek && !cancellationToken.IsCancellationRequested)
        {
            var failure = RpcFailures.Translate(exception);
            // Not as a failure that passes: what was read cannot be sent again.
            throw failure.Reason == ErrorReasons.Unavailable
                ? new InvalidOperationException("The upload broke off, and its content cannot be read again.", failure)
                : failure;
        }
    }

    private async Task<string?> SendAsync(IClientStreamWriter<UploadRequest> requests, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (!await TryWriteAsync(requests, new UploadRequest { Header = header }, cancellationToken))
            return null;
        var sent = 0L;
        while (await content.ReadAtLeastAsync(_chunk, ChunkBytes, throwOnEndOfStream: false, cancellationToken) is var count and > 0)
        {
            _hasRead = true;
            hash.AppendData(_chunk, 0, count);
            // The chunk is sent, or copied, before the write completes.
            var chunk = UnsafeByteOperations.UnsafeWrap(_chunk.AsMemory(0, count));
            if (!await TryWriteAsync(requests, new UploadRequest { Chunk = chunk }, cancellationToken))
                return null;
            progress?.Report(new TransferProgress(sent += count, header.HasFileSize ? header.FileSize : null));
        }

        await requests.CompleteAsync();
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    // A refusal in the middle ends the call; its response says why.
    private static async Task<bool> TryWriteAsync(
        IClientStreamWriter<UploadRequest> requests,
        UploadRequest request,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await requests.WriteAsync(request, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException or IOException)
        {
            return false;
        }
    }

    private async Task CheckAsync(StoredFile stored, string? sha256, CancellationToken cancellationToken)
    {
        if (stored.Sha256.Equals(sha256, StringComparison.OrdinalIgnoreCase))
            return;
        var delete = new DeleteFileRequest { UserId = header.UserId, FileId = stored.FileId };
        await connection.DeleteAsync(options => connection.Wire.Files.DeleteAsync(delete, options), cancellationToken);
        throw new CodeInterpreterException(ErrorReasons.DataLoss, "The service stored other bytes than were sent; they are deleted.");
    }
}
