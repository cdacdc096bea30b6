using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Errors;
using Grpc.Core;
using StoredFile = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.Gateway.Files;

/// <summary>One upload to the file store. Disposing it before the response cancels it, and the file store discards the content.</summary>
internal sealed class FileUpload : IDisposable
{
    // Longer than a file store needs to store a file after its last chunk.
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromMinutes(2);

    private readonly TimeSpan _idleTimeout;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _idle;
    private readonly CancellationTokenSource _stop;
    private readonly AsyncClientStreamingCall<UploadRequest, StoredFile> _call;

    public FileUpload(
        FileService.FileServiceClient client,
        TimeSpan idleTimeout,
        TimeProvider timeProvider,
        CancellationToken cancellationToken
    )
    {
        _idleTimeout = idleTimeout;
        _timeProvider = timeProvider;
        _idle = new CancellationTokenSource(idleTimeout, timeProvider);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _idle.Token);
        _call = client.Upload(cancellationToken: cancellationToken);
    }

    public async Task<StoredFile> SendAsync(IAsyncEnumerable<UploadRequest> parts)
    {
        var sending = SendPartsAsync(parts);
        if (await Task.WhenAny(sending, _call.ResponseAsync) != sending)
        {
            // The file store responded early: its response counts, and the rest is not read.
            await _stop.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return await _call.ResponseAsync;
        }

        try
        {
            await sending;
        }
        catch (OperationCanceledException exception) when (_idle.IsCancellationRequested)
        {
            throw new GatewayException(
                GatewayErrorKind.UploadStalled,
                $"Nothing was received for {_idleTimeout.TotalSeconds} s.",
                exception
            );
        }

        return await AwaitResponseAsync();
    }

    // Everything has been sent: a file store that does not respond must not block the caller forever.
    private async Task<StoredFile> AwaitResponseAsync()
    {
        try
        {
            return await _call.ResponseAsync.WaitAsync(ResponseTimeout, _timeProvider);
        }
        catch (TimeoutException exception)
        {
            throw FileStoreErrors.NoResponse(exception);
        }
    }

    public void Dispose()
    {
        _call.Dispose();
        _stop.Dispose();
        _idle.Dispose();
    }

    private async Task SendPartsAsync(IAsyncEnumerable<UploadRequest> parts)
    {
        await foreach (var part in parts.WithCancellation(_stop.Token))
        {
            _idle.CancelAfter(_idleTimeout);
            if (!await TryWriteAsync(part))
            {
                return;
            }
        }

        await _call.RequestStream.CompleteAsync();
    }

    /// <summary>Returns false if the call has ended; its response has the reason.</summary>
    private async Task<bool> TryWriteAsync(UploadRequest part)
    {
        try
        {
            await _call.RequestStream.WriteAsync(part, _stop.Token);
            return true;
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
            return false;
        }
    }
}
