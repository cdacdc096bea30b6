using System.Runtime.CompilerServices;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Files;
using Grpc.Core;
using StoredFile = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>Files over gRPC: forwards calls to the file store.</summary>
internal sealed class FileGrpcService(FileStoreClient fileStore) : FileService.FileServiceBase
{
    public override Task<StoredFile> Upload(IAsyncStreamReader<UploadRequest> requestStream, ServerCallContext context) =>
        fileStore.UploadAsync(RefuseForgedOrigin(requestStream), context.CancellationToken);

    public override async Task Download(
        DownloadRequest request,
        IServerStreamWriter<DownloadResponse> responseStream,
        ServerCallContext context
    )
    {
        await foreach (var part in fileStore.DownloadAsync(request, context.CancellationToken))
        {
            await responseStream.WriteAsync(part, context.CancellationToken);
        }
    }

    public override Task<StoredFile> Get(GetFileRequest request, ServerCallContext context) =>
        fileStore.GetAsync(request, context.CancellationToken);

    public override Task<ListFilesResponse> List(ListFilesRequest request, ServerCallContext context) =>
        fileStore.ListAsync(request, context.CancellationToken);

    public override Task<DeleteFileResponse> Delete(DeleteFileRequest request, ServerCallContext context) =>
        fileStore.DeleteAsync(request, context.CancellationToken);

    public override Task<StoredFile> Extend(ExtendFileRequest request, ServerCallContext context) =>
        fileStore.ExtendAsync(request, context.CancellationToken);

    public override Task<DeleteExpiredFilesResponse> DeleteExpired(DeleteExpiredFilesRequest request, ServerCallContext context) =>
        fileStore.DeleteExpiredAsync(request, context.CancellationToken);

    public override Task<FileUsage> Usage(FileUsageRequest request, ServerCallContext context) =>
        fileStore.MeasureAsync(request, context.CancellationToken);

    // Only runners may upload generated files, and they call the file store directly.
    private static async IAsyncEnumerable<UploadRequest> RefuseForgedOrigin(
        IAsyncStreamReader<UploadRequest> requests,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        await foreach (var request in requests.ReadAllAsync(cancellationToken))
        {
            if (request.Header is { Source: FileSource.Generated })
            {
                throw GatewayException.Invalid("header.source", "must be uploaded.");
            }

            if (request.Header is { ExecutionId.Length: > 0 })
            {
                throw GatewayException.Invalid("header.execution_id", "must be empty for an uploaded file.");
            }

            yield return request;
        }
    }
}
