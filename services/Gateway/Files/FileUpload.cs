using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Errors;
using Grpc.Core;
using StoredFile = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.Gateway.Files;

/// <summary>One upload on its way to the file store. Disposing it before the answer makes the store drop what it has.</summary>
internal sealed class FileUpload : IDisposable
{
    // Longer than any store takes to commit and record a file.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMinutes(2);

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
            // The store has made up its mind early: its answer counts, the rest need not be read.
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

        return await AnswerAsync();
    }

    // All has been sent: a store that says nothing must not hold its caller for ever.
    private async Task<StoredFile> AnswerAsync()
    {
        try
        {
            return await _call.ResponseAsync.WaitAsync(AnswerTimeout, _timeProvider);
        }
        catch (TimeoutException exception)
        {
            throw FileStoreErrors.Silent(exception);
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

    /// <summary>False when the call has ended; why it has is in its answer.</summary>
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
