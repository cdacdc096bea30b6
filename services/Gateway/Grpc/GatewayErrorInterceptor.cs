using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.ServiceDefaults.Errors;
using Grpc.Core;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>Maps the gateway's errors to gRPC statuses.</summary>
internal sealed class GatewayErrorInterceptor(ILogger<GatewayErrorInterceptor> logger) : CallInterceptor
{
    protected override async Task<T> InterceptAsync<T>(ServerCallContext context, Func<Task<T>> proceed)
    {
        try
        {
            return await proceed();
        }
        catch (GatewayException exception)
        {
            logger.LogFailure(exception);
            throw exception.ToRpcException();
        }
    }
}
