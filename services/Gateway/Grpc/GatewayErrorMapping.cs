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
            GatewayErrorKind.Unauthenticated => RpcErrors.Create(StatusCode.Unauthenticated, exception.Message),
            GatewayErrorKind.Forbidden => RpcErrors.Create(StatusCode.PermissionDenied, exception.Message),
            GatewayErrorKind.NotFound => RpcErrors.Create(StatusCode.NotFound, exception.Message),
            GatewayErrorKind.Expired => RpcErrors.WithReason(StatusCode.NotFound, exception.Message, FileErrorReasons.Expired),
            GatewayErrorKind.QuotaExceeded => RpcErrors.WithReason(
                StatusCode.ResourceExhausted,
                exception.Message,
                FileErrorReasons.QuotaExceeded
            ),
            GatewayErrorKind.StorageFull => RpcErrors.WithReason(
                StatusCode.ResourceExhausted,
                exception.Message,
                FileErrorReasons.StorageFull
            ),
            GatewayErrorKind.KeyTaken => RpcErrors.WithReason(
                StatusCode.AlreadyExists,
                exception.Message,
                ExecutionErrorReasons.KeyTaken,
                exception.ExecutionId
            ),
            GatewayErrorKind.NotRunning => RpcErrors.WithReason(
                StatusCode.FailedPrecondition,
                exception.Message,
                ExecutionErrorReasons.NotRunning,
                exception.ExecutionId
            ),
            GatewayErrorKind.StillRunning => RpcErrors.WithReason(
                StatusCode.FailedPrecondition,
                exception.Message,
                ExecutionErrorReasons.StillRunning,
                exception.ExecutionId
            ),
            GatewayErrorKind.Overloaded or GatewayErrorKind.LimitReached => RpcErrors.TryLater(
                StatusCode.ResourceExhausted,
                exception.Message,
                exception.RetryDelay
            ),
            GatewayErrorKind.TooLarge => RpcErrors.Create(StatusCode.ResourceExhausted, exception.Message),
            GatewayErrorKind.ContentMismatch => RpcErrors.Create(StatusCode.DataLoss, exception.Message),
            GatewayErrorKind.ContentLost => RpcErrors.WithReason(StatusCode.DataLoss, exception.Message, FileErrorReasons.ContentLost),
            GatewayErrorKind.OutOfRange => RpcErrors.Create(StatusCode.OutOfRange, exception.Message),
            GatewayErrorKind.Unavailable => RpcErrors.TryLater(StatusCode.Unavailable, exception.Message, exception.RetryDelay),
            GatewayErrorKind.ExecutionUnfinished => RpcErrors.WithReason(
                StatusCode.DeadlineExceeded,
                exception.Message,
                ExecutionErrorReasons.Unfinished,
                exception.ExecutionId
            ),
            GatewayErrorKind.UploadStalled => RpcErrors.Create(StatusCode.DeadlineExceeded, exception.Message),
            _ => RpcErrors.Create(StatusCode.Internal, exception.Message),
        };
}
