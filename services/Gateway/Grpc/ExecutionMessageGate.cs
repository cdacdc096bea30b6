using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Access;
using CodeInterpreter.Gateway.Access.Limits;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.ServiceDefaults.Errors;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>Bounds how many large messages with code are in memory. Nobody is given a place before it is known who calls.</summary>
internal sealed class ExecutionMessageGate(Gatekeeper gatekeeper, LargeRequests largeRequests) : IMessageGate
{
    private static readonly PathString Executions = "/" + ExecutionService.Descriptor.FullName;

    public async Task EnterAsync(HttpContext context, long messageBytes)
    {
        if (messageBytes < LargeRequests.LargeBytes || !context.Request.Path.StartsWithSegments(Executions))
            return;
        try
        {
            if (context.Features.Get<Admission>() is null)
                await gatekeeper.AdmitAsync(context);
            RefusedUploadInterceptor.AllowDraining(context);
            if (messageBytes > GrpcExtensions.MaxRequestBytes)
                throw RpcErrors.MessageTooLarge();
            await largeRequests.EnterAsync(context, messageBytes);
        }
        catch (GatewayException exception)
        {
            throw exception.ToRpcException();
        }
    }
}
