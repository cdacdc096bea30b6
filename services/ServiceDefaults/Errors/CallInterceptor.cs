using Grpc.Core;
using Grpc.Core.Interceptors;

namespace CodeInterpreter.ServiceDefaults.Errors;

/// <summary>An interceptor that does the same for each of the four kinds of gRPC calls.</summary>
public abstract class CallInterceptor : Interceptor
{
    /// <summary>
    /// Runs <paramref name="proceed"/>, the rest of the call. Its value has a meaning only if the response is one message.
    /// </summary>
    protected abstract Task<T> InterceptAsync<T>(ServerCallContext context, Func<Task<T>> proceed);

    /// <inheritdoc />
    public sealed override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    ) => InterceptAsync(context, () => continuation(request, context));

    /// <inheritdoc />
    public sealed override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation
    ) => InterceptAsync(context, () => continuation(requestStream, context));

    /// <inheritdoc />
    public sealed override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    ) => InterceptAsync(context, () => WithoutResponseAsync(continuation(request, responseStream, context)));

    /// <inheritdoc />
    public sealed override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation
    ) => InterceptAsync(context, () => WithoutResponseAsync(continuation(requestStream, responseStream, context)));

    private static async Task<bool> WithoutResponseAsync(Task call)
    {
        await call;
        return true;
    }
}
