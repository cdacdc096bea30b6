using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.ServiceDefaults.Errors;
using Grpc.Core;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>Maps the gateway's errors to those of gRPC.</summary>
internal static class GatewayErrorMapping
{
    /// <summary>The error with its status, reason and time to retry.</summary>
    public static RpcException ToRpcException(this GatewayException exception) =>
        exception.Kind switch
        {
            GatewayErrorKind.InvalidRequest => RpcErrors.InvalidArgument([.. exception.Violations]),
            GatewayErrorKind.Overloaded or GatewayErrorKind.LimitReached or GatewayErrorKind.Unavailable => RpcErrors.TryLater(
                StatusOf(exception.Kind),
                exception.Message,
                exception.RetryDelay,
                ErrorReasons.Of(exception.Kind),
                exception.ExecutionId
            ),
            _ => RpcErrors.WithReason(StatusOf(exception.Kind), exception.Message, ErrorReasons.Of(exception.Kind), exception.ExecutionId),
        };

    private static StatusCode StatusOf(GatewayErrorKind kind) =>
        kind switch
        {
            GatewayErrorKind.Unauthenticated => StatusCode.Unauthenticated,
            GatewayErrorKind.Forbidden => StatusCode.PermissionDenied,
            GatewayErrorKind.NotFound or GatewayErrorKind.Expired => StatusCode.NotFound,
            GatewayErrorKind.QuotaExceeded
            or GatewayErrorKind.StorageFull
            or GatewayErrorKind.TooLarge
            or GatewayErrorKind.Overloaded
            or GatewayErrorKind.LimitReached => StatusCode.ResourceExhausted,
            GatewayErrorKind.KeyTaken => StatusCode.AlreadyExists,
            GatewayErrorKind.NotRunning or GatewayErrorKind.StillRunning => StatusCode.FailedPrecondition,
            GatewayErrorKind.ContentMismatch or GatewayErrorKind.ContentLost => StatusCode.DataLoss,
            GatewayErrorKind.OutOfRange => StatusCode.OutOfRange,
            GatewayErrorKind.Unavailable => StatusCode.Unavailable,
            GatewayErrorKind.ExecutionUnfinished or GatewayErrorKind.UploadStalled => StatusCode.DeadlineExceeded,
            _ => StatusCode.Internal,
        };
}
