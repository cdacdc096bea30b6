using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace CodeInterpreter.ServiceDefaults.Errors;

/// <summary>
/// Maps what escapes a gRPC method, once and in one place: errors meant for the caller pass, a caller that went away is
/// CANCELLED, all else is INTERNAL for the caller and a log entry for the operator.
/// </summary>
internal sealed partial class RpcErrorInterceptor(ILogger<RpcErrorInterceptor> logger) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    ) => GuardAsync(context, () => continuation(request, context));

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation
    ) => GuardAsync(context, () => continuation(requestStream, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    ) =>
        GuardAsync(
            context,
            async () =>
            {
                await continuation(request, responseStream, context);
                return true;
            }
        );

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation
    ) =>
        GuardAsync(
            context,
            async () =>
            {
                await continuation(requestStream, responseStream, context);
                return true;
            }
        );

    private async Task<T> GuardAsync<T>(ServerCallContext context, Func<Task<T>> method)
    {
        try
        {
            return await method();
        }
        catch (RpcException)
        {
            throw;
        }
        catch (Exception) when (context.CancellationToken.IsCancellationRequested)
        {
            throw RpcErrors.Create(StatusCode.Cancelled, "The caller has gone away.");
        }
        catch (Exception exception)
        {
            CallFailed(context.Method, exception);
            throw RpcErrors.Create(StatusCode.Internal, "The service failed; the operator's log has the cause.");
        }
    }

    [LoggerMessage(900, LogLevel.Error, "{Method} failed")]
    private partial void CallFailed(string method, Exception exception);
}
