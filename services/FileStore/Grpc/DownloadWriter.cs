using System.Buffers;
using CodeInterpreter.Files.V1;
using CodeInterpreter.FileStore.Catalog;
using CodeInterpreter.FileStore.Files;
using Google.Protobuf;
using Grpc.Core;

namespace CodeInterpreter.FileStore.Grpc;

/// <summary>
/// Writes a download: the record, then chunks. The next chunk is read when the reader has room for it.
/// </summary>
internal sealed class DownloadWriter(IServerStreamWriter<DownloadResponse> stream, StreamDeadline deadline, FileInstruments instruments)
{
    private const int ChunkBytes = 64 * 1024;

    public async Task WriteAsync(FileContent content, CancellationToken cancellationToken)
    {
        await SendAsync(new DownloadResponse { File = content.File.ToMessage() });
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            var remaining = content.Remaining;
            while (remaining > 0)
            {
                var chunk = buffer.AsMemory(0, (int)Math.Min(ChunkBytes, remaining));
                var count = await content.Bytes.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, cancellationToken);
                if (count < chunk.Length)
                {
                    throw new FileStoreException(FileError.ContentLost, "The content of this file is shorter than recorded.");
                }

                // The buffer is free again when the write has been awaited: the message is serialized by then.
                await SendAsync(new DownloadResponse { Chunk = UnsafeByteOperations.UnsafeWrap(chunk) });
                instruments.Sent(count);
                remaining -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private Task<bool> SendAsync(DownloadResponse message) =>
        deadline.WaitAsync(async cancellationToken =>
        {
            await stream.WriteAsync(message, cancellationToken);
            return true;
        });
}
