using CodeInterpreter.FileStore.Files;
using CodeInterpreter.ServiceDefaults.Errors;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace CodeInterpreter.FileStore.Grpc;

/// <summary>Maps the errors of the store to those of gRPC, once and in one place.</summary>
internal sealed partial class FileErrorInterceptor(ILogger<FileErrorInterceptor> logger) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    ) => MapErrorsAsync(() => continuation(request, context));

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation
    ) => MapErrorsAsync(() => continuation(requestStream, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    ) =>
        MapErrorsAsync(async () =>
        {
            await continuation(request, responseStream, context);
            return true;
        });

    public static StatusCode StatusOf(FileError error) =>
        error switch
        {
            FileError.NotFound or FileError.Expired => StatusCode.NotFound,
            FileError.NotGranted => StatusCode.PermissionDenied,
            FileError.TooLarge or FileError.QuotaExceeded or FileError.StorageFull => StatusCode.ResourceExhausted,
            FileError.ContentDiffers or FileError.ContentLost => StatusCode.DataLoss,
            FileError.OffsetBehindEnd => StatusCode.OutOfRange,
            FileError.Stalled => StatusCode.DeadlineExceeded,
            FileError.Stopping or FileError.Unavailable => StatusCode.Unavailable,
            _ => throw new ArgumentOutOfRangeException(nameof(error), error, "An error without a status."),
        };

    // What its status alone does not tell.
    private static string? ReasonOf(FileError error) =>
        error switch
        {
            FileError.Expired => FileErrorReasons.Expired,
            FileError.QuotaExceeded => FileErrorReasons.QuotaExceeded,
            FileError.StorageFull => FileErrorReasons.StorageFull,
            FileError.ContentLost => FileErrorReasons.ContentLost,
            _ => null,
        };

    private async Task<T> MapErrorsAsync<T>(Func<Task<T>> method)
    {
        try
        {
            return await method();
        }
        catch (FileStoreException exception)
        {
            if (exception.Error is FileError.Unavailable or FileError.StorageFull)
            {
                StorageUnavailable(exception);
            }

            throw ReasonOf(exception.Error) is { } reason
                ? RpcErrors.WithReason(StatusOf(exception.Error), exception.Message, reason)
                : RpcErrors.Create(StatusOf(exception.Error), exception.Message);
        }
    }

    [LoggerMessage(21, LogLevel.Error, "The storage failed")]
    private partial void StorageUnavailable(Exception exception);
}
