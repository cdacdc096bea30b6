using CodeInterpreter.FileStore.Files;
using CodeInterpreter.ServiceDefaults.Errors;
using Grpc.Core;

namespace CodeInterpreter.FileStore.Grpc;

/// <summary>Maps the errors of the file store to gRPC statuses.</summary>
internal sealed partial class FileErrorInterceptor(ILogger<FileErrorInterceptor> logger) : CallInterceptor
{
    protected override async Task<T> InterceptAsync<T>(ServerCallContext context, Func<Task<T>> proceed)
    {
        try
        {
            return await proceed();
        }
        catch (FileStoreException exception)
        {
            if (exception.Error is FileError.Unavailable or FileError.StorageFull)
                StorageFailed(exception);

            throw ReasonOf(exception.Error) is { } reason
                ? RpcErrors.WithReason(StatusOf(exception.Error), exception.Message, reason)
                : RpcErrors.Create(StatusOf(exception.Error), exception.Message);
        }
    }

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

    // Tells errors with the same status apart.
    private static string? ReasonOf(FileError error) =>
        error switch
        {
            FileError.Expired => FileErrorReasons.Expired,
            FileError.QuotaExceeded => FileErrorReasons.QuotaExceeded,
            FileError.StorageFull => FileErrorReasons.StorageFull,
            FileError.ContentLost => FileErrorReasons.ContentLost,
            _ => null,
        };

    [LoggerMessage(21, LogLevel.Error, "The storage failed")]
    private partial void StorageFailed(Exception exception);
}
