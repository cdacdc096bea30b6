using System.Buffers;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Runner.Sandboxes.Protocol;
using Google.Protobuf;
using Grpc.Core;
using StoredFile = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.Runner.Files;

/// <summary>
/// One file on its way from a sandbox to the file store. When the store fails, the rest of the file is taken and
/// dropped, so that the files behind it still come.
/// </summary>
internal sealed class FileUpload(AsyncClientStreamingCall<UploadRequest, StoredFile> call) : IDisposable
{
    private bool _storeFailed;

    /// <summary>Why the store did not take it.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The header goes with what follows.</summary>
    public async Task BeginAsync(UploadHeader header, CancellationToken cancellationToken)
    {
        if (header.FileSize > 0)
            call.RequestStream.WriteOptions = new WriteOptions(WriteFlags.BufferHint);
        await SendAsync(new UploadRequest { Header = header }, cancellationToken);
        call.RequestStream.WriteOptions = null;
    }

    /// <summary>Passes a piece of any size on, in chunks; returns when the store is ready for more.</summary>
    public async Task WriteAsync(ReadOnlySequence<byte> piece, CancellationToken cancellationToken)
    {
        for (var rest = piece; !rest.IsEmpty && !_storeFailed; )
        {
            var chunk = rest.Slice(0, Math.Min(rest.Length, Frame.DataBytes));
            await SendAsync(new UploadRequest { Chunk = UnsafeByteOperations.UnsafeWrap(chunk.ToArray()) }, cancellationToken);
            rest = rest.Slice(chunk.End);
        }
    }

    /// <summary>The record of the stored file; null when the store did not take it.</summary>
    public async Task<StoredFile?> CompleteAsync()
    {
        try
        {
            if (!_storeFailed)
                await call.RequestStream.CompleteAsync();
            return await call.ResponseAsync;
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException or InvalidOperationException)
        {
            Failure = exception;
            return null;
        }
        finally
        {
            call.Dispose();
        }
    }

    public void Dispose() => call.Dispose();

    private async Task SendAsync(UploadRequest request, CancellationToken cancellationToken)
    {
        if (_storeFailed)
            return;
        try
        {
            await call.RequestStream.WriteAsync(request, cancellationToken);
        }
        catch (Exception exception)
            when (exception is RpcException or OperationCanceledException or InvalidOperationException
                && !cancellationToken.IsCancellationRequested
            )
        {
            _storeFailed = true;
        }
    }
}
