using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.ServiceDefaults.Errors;
using Grpc.Core;

namespace CodeInterpreter.Gateway.Files;

/// <summary>Maps errors of the file store to errors of the gateway.</summary>
internal static class FileStoreErrors
{
    private const string Unavailable = "Files cannot be reached at the moment.";

    /// <summary>Whether a call to the file store can fail with this exception.</summary>
    public static bool IsKnown(Exception exception) => exception is RpcException or OperationCanceledException;

    public static Exception Translate(Exception exception, CancellationToken cancellationToken) =>
        exception switch
        {
            _ when cancellationToken.IsCancellationRequested => new OperationCanceledException(cancellationToken),
            RpcException rpc => Translate(rpc),
            // The call has exceeded its deadline.
            _ => new GatewayException(GatewayErrorKind.Unavailable, Unavailable, exception),
        };

    /// <summary>The file store accepts calls but does not respond.</summary>
    public static GatewayException NoResponse(TimeoutException exception) => new(GatewayErrorKind.Unavailable, Unavailable, exception);

    private static GatewayException Translate(RpcException exception) =>
        exception.StatusCode switch
        {
            StatusCode.InvalidArgument => GatewayException.Invalid(RpcErrors.ViolationsOf(exception)),
            StatusCode.NotFound => exception.Pass(
                RpcErrors.ReasonOf(exception) == FileErrorReasons.Expired ? GatewayErrorKind.Expired : GatewayErrorKind.NotFound
            ),
            StatusCode.ResourceExhausted => exception.Pass(
                RpcErrors.ReasonOf(exception) switch
                {
                    FileErrorReasons.QuotaExceeded => GatewayErrorKind.QuotaExceeded,
                    FileErrorReasons.StorageFull => GatewayErrorKind.StorageFull,
                    _ => GatewayErrorKind.TooLarge,
                }
            ),
            StatusCode.DataLoss => exception.Pass(
                RpcErrors.ReasonOf(exception) == FileErrorReasons.ContentLost
                    ? GatewayErrorKind.ContentLost
                    : GatewayErrorKind.ContentMismatch
            ),
            StatusCode.OutOfRange => exception.Pass(GatewayErrorKind.OutOfRange),
            // The file store limits pauses in uploads; the gateway has its own deadline for all other calls.
            StatusCode.DeadlineExceeded => exception.Pass(GatewayErrorKind.UploadStalled),
            StatusCode.Unavailable or StatusCode.Cancelled => new GatewayException(GatewayErrorKind.Unavailable, Unavailable, exception),
            _ => new GatewayException(GatewayErrorKind.Failed, "The file store failed.", exception),
        };

    private static GatewayException Pass(this RpcException exception, GatewayErrorKind kind) =>
        new(kind, exception.Status.Detail, exception);
}
