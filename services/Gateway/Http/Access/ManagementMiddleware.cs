using CodeInterpreter.Gateway.Access;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Http.Access;

/// <summary>
/// Keeps what is for operators apart from what is for everybody: metrics are not served where the public may come, and the endpoint
/// for operators serves nothing but them and health.
/// </summary>
internal sealed class ManagementMiddleware(RequestDelegate next, IOptions<AccessOptions> options)
{
    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        var isServed = Exposure.IsManagement(context)
            ? path.StartsWithSegments("/metrics") || path.StartsWithSegments("/health")
            : !path.StartsWithSegments("/metrics") || options.Value is { Mode: AccessMode.Loopback, PublishedOn: "" };
        if (isServed)
            return next(context);

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
