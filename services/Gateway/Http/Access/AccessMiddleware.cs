using CodeInterpreter.Gateway.Access;
using Microsoft.AspNetCore.Authorization;

namespace CodeInterpreter.Gateway.Http.Access;

/// <summary>Lets requests of the API in, whether or not there is something where they go.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, Gatekeeper gatekeeper)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null)
        {
            var admission = await gatekeeper.AdmitAsync(context);
            admission.ActAs(context.Request.Query["user_id"]);
        }

        await next(context);
    }
}
