using System.Runtime.CompilerServices;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Settings;
using Grpc.Core;
using Microsoft.Extensions.Options;
using StoredFile = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.Gateway.Files;

/// <summary>
/// The client of the file store for HTTP and gRPC. It streams content one message at a time, and throws errors as
/// <see cref="GatewayException"/>.
/// </summary>
internal sealed class FileStoreClient(FileService.FileServiceClient client, IOptions<GatewayOptions> options, TimeProvider timeProvider)
{
    // The longest pause in a download; the file store normally sends the first message within milliseconds.
    private static readonly TimeSpan MaxDownloadPause = TimeSpan.FromSeconds(30);

    public Task<StoredFile> GetAsync(GetFileRequest request, CancellationToken cancellationToken) =>
        CallAsync(deadline => client.GetAsync(request, deadline: deadline, cancellationToken: cancellationToken), cancellationToken);

    public Task<ListFilesResponse> ListAsync(ListFilesRequest request, CancellationToken cancellationToken) =>
        CallAsync(deadline => client.ListAsync(request, deadline: deadline, cancellationToken: cancellationToken), cancellationToken);

    public Task<DeleteFileResponse> DeleteAsync(DeleteFileRequest request, CancellationToken cancellationToken) =>
        CallAsync(deadline => client.DeleteAsync(request, deadline: deadline, cancellationToken: cancellationToken), cancellationToken);

    public Task<StoredFile> ExtendAsync(ExtendFileRequest request, CancellationToken cancellationToken) =>
        CallAsync(deadline => client.ExtendAsync(request, deadline: deadline, cancellationToken: cancellationToken), cancellationToken);

    public Task<DeleteExpiredFilesResponse> DeleteExpiredAsync(DeleteExpiredFilesRequest request, CancellationToken cancellationToken) =>
        CallAsync(
            deadline => client.DeleteExpiredAsync(request, deadline: deadline, cancellationToken: cancellationToken),
            cancellationToken
        );

    public Task<FileUsage> MeasureAsync(FileUsageRequest request, CancellationToken cancellationToken) =>
        CallAsync(deadline => client.UsageAsync(request, deadline: deadline, cancellationToken: cancellationToken), cancellationToken);

    /// <summary>Null if the file is unknown, expired or another user's.</summary>
    public async Task<StoredFile?> FindAsync(string userId, string fileId, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(new GetFileRequest { UserId = userId, FileId = fileId }, cancellationToken);
        }
        catch (GatewayException exception) when (exception.Kind is GatewayErrorKind.NotFound or GatewayErrorKind.Expired)
        {
            return null;
        }
    }

    /// <summary>Stores a file from its header and chunks. If they end early, nothing is stored.</summary>
    public async Task<StoredFile> UploadAsync(IAsyncEnumerable<UploadRequest> parts, CancellationToken cancellationToken)
    {
        using var upload = new FileUpload(client, options.Value.UploadIdleTimeout, timeProvider, cancellationToken);
        try
        {
            return await upload.SendAsync(parts);
        }
        catch (Exception exception) when (FileStoreErrors.IsKnown(exception))
        {
            throw FileStoreErrors.Translate(exception, cancellationToken);
        }
    }

    /// <summary>A file's record, then its content. The next message is read only when the caller requests it.</summary>
    public async IAsyncEnumerable<DownloadResponse> DownloadAsync(
        DownloadRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var call = client.Download(request, cancellationToken: cancellationToken);
        while (await MoveNextAsync(call.ResponseStream, cancellationToken))
        {
            yield return call.ResponseStream.Current;
        }
    }

    private async Task<T> CallAsync<T>(Func<DateTime, AsyncUnaryCall<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            using var running = call(DateTime.UtcNow + options.Value.FileStoreTimeout);
            return await running;
        }
        catch (Exception exception) when (FileStoreErrors.IsKnown(exception))
        {
            throw FileStoreErrors.Translate(exception, cancellationToken);
        }
    }

    private async Task<bool> MoveNextAsync(IAsyncStreamReader<DownloadResponse> responses, CancellationToken cancellationToken)
    {
        try
        {
            return await responses.MoveNext(cancellationToken).WaitAsync(MaxDownloadPause, timeProvider, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw FileStoreErrors.NoResponse(exception);
        }
        catch (Exception exception) when (FileStoreErrors.IsKnown(exception))
        {
            throw FileStoreErrors.Translate(exception, cancellationToken);
        }
    }
}
