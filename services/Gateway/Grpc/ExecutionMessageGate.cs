using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Limits;
using CodeInterpreter.ServiceDefaults.Errors;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>Limits how many large messages with code are in memory. Their callers have been authenticated before.</summary>
internal sealed class ExecutionMessageGate(LargeRequests largeRequests) : IMessageGate
{
    private static readonly PathString Executions = "/" + ExecutionService.Descriptor.FullName;

    public async Task EnterAsync(HttpContext context, long messageBytes)
    {
        if (messageBytes < LargeRequests.LargeBytes || !context.Request.Path.StartsWithSegments(Executions))
            return;

        RefusedUploadInterceptor.AllowDraining(context);
        if (messageBytes > GrpcExtensions.MaxRequestBytes)
            throw RpcErrors.MessageTooLarge();
        try
        {
            await largeRequests.EnterAsync(context, messageBytes);
        }
        catch (GatewayException exception)
        {
            throw exception.ToRpcException();
        }
    }
}
