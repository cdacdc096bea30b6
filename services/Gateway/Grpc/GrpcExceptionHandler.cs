using System.Globalization;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.ServiceDefaults.Errors;
using Grpc.Core;
using Microsoft.AspNetCore.Diagnostics;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>
/// Returns a gRPC status for calls that fail before they reach their method, such as unauthenticated ones: interceptors do not see them.
/// </summary>
internal sealed partial class GrpcExceptionHandler(ILogger<GrpcExceptionHandler> logger) : IExceptionHandler
{
    private const string ContentType = "application/grpc";

    public ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        var isGrpc = context.Request.ContentType?.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) == true;
        if (isGrpc)
            Write(ToRpcException(exception), context.Response);
        return ValueTask.FromResult(isGrpc);
    }

    private RpcException ToRpcException(Exception exception)
    {
        if (exception is GatewayException known)
        {
            logger.LogFailure(known);
            return known.ToRpcException();
        }

        CallFailed(exception);
        return RpcErrors.WithReason(StatusCode.Internal, ErrorText.ServiceFailed, ErrorReasons.Internal);
    }

    // A response without messages has its status in the headers.
    private static void Write(RpcException error, HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = ContentType;
        var headers = response.Headers;
        headers["grpc-status"] = ((int)error.StatusCode).ToString(CultureInfo.InvariantCulture);
        headers["grpc-message"] = Uri.EscapeDataString(error.Status.Detail);
        foreach (var entry in error.Trailers)
            headers[entry.Key] = entry.IsBinary ? Convert.ToBase64String(entry.ValueBytes) : entry.Value;
    }

    [LoggerMessage(42, LogLevel.Error, "A call failed")]
    private partial void CallFailed(Exception exception);
}
