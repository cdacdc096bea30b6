using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace CodeInterpreter.ServiceDefaults.Errors;

/// <summary>
/// Maps every exception of a gRPC method to a status: errors meant for the caller pass unchanged, a disconnected caller becomes CANCELLED,
/// anything else becomes INTERNAL and an error in the log.
/// </summary>
internal sealed partial class RpcErrorInterceptor(ILogger<RpcErrorInterceptor> logger) : CallInterceptor
{
    protected override async Task<T> InterceptAsync<T>(ServerCallContext context, Func<Task<T>> proceed)
    {
        try
        {
            return await proceed();
        }
        catch (RpcException)
        {
            throw;
        }
        catch (Exception) when (context.CancellationToken.IsCancellationRequested)
        {
            throw RpcErrors.Create(StatusCode.Cancelled, "The caller has disconnected.");
        }
        catch (Exception exception)
        {
            CallFailed(context.Method, exception);
            throw RpcErrors.WithReason(StatusCode.Internal, ErrorText.ServiceFailed, "INTERNAL");
        }
    }

    [LoggerMessage(900, LogLevel.Error, "{Method} failed")]
    private partial void CallFailed(string method, Exception exception);
}
