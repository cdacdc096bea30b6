using CodeInterpreter.Files.V1;
using CodeInterpreter.ServiceDefaults.Errors;
using Grpc.Core;

namespace CodeInterpreter.FileStore.Grpc;

/// <summary>
/// Reads an upload: one header, then chunks. A chunk may be as large as a gRPC message; senders do better with 64 KiB.
/// </summary>
internal sealed class UploadReader(IAsyncStreamReader<UploadRequest> stream, StreamDeadline deadline)
{
    public async Task<UploadHeader> ReadHeaderAsync()
    {
        if (!await deadline.WaitAsync(stream.MoveNext) || stream.Current.PartCase != UploadRequest.PartOneofCase.Header)
        {
            throw RpcErrors.InvalidArgument(new FieldViolation("header", "must be the first message of the stream."));
        }

        var header = stream.Current.Header;
        RequestValidation.Check(header);
        return header;
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadChunksAsync()
    {
        while (await deadline.WaitAsync(stream.MoveNext))
        {
            yield return stream.Current.PartCase switch
            {
                UploadRequest.PartOneofCase.Chunk => stream.Current.Chunk.Memory,
                UploadRequest.PartOneofCase.Header => throw RpcErrors.InvalidArgument(
                    new FieldViolation("header", "must be sent once only.")
                ),
                _ => throw RpcErrors.InvalidArgument(new FieldViolation("chunk", "must follow the header.")),
            };
        }
    }
}
