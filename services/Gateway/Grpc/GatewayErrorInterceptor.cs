using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.ServiceDefaults.Errors;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>Gives the gateway's errors their gRPC status.</summary>
internal sealed partial class GatewayErrorInterceptor(ILogger<GatewayErrorInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    )
    {
        try
        {
            return await continuation(request, context);
        }
        catch (GatewayException exception)
        {
            throw Report(exception);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch (GatewayException exception)
        {
            throw Report(exception);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (GatewayException exception)
        {
            throw Report(exception);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (GatewayException exception)
        {
            throw Report(exception);
        }
    }

    /// <summary>The gRPC status of an error.</summary>
    public static RpcException Translate(GatewayException exception) =>
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

    private RpcException Report(GatewayException exception)
    {
        if (exception.Kind is GatewayErrorKind.Unavailable or GatewayErrorKind.ContentLost or GatewayErrorKind.Failed)
        {
            CallFailed(exception.Kind, exception);
        }

        return Translate(exception);
    }

    [LoggerMessage(1, LogLevel.Warning, "A call ended as {Kind}")]
    private partial void CallFailed(GatewayErrorKind kind, Exception exception);
}
