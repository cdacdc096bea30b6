using CodeInterpreter.Gateway.Access;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Http.Access;

/// <summary>
/// Separates what is for operators from the API: metrics are not served where others can reach them, and the management endpoint serves
/// only metrics and health.
/// </summary>
internal sealed class ManagementMiddleware(RequestDelegate next, IOptions<AccessOptions> options)
{
    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        var isServed = ManagementEndpoint.Received(context)
            ? path.StartsWithSegments("/metrics") || path.StartsWithSegments("/health")
            : !path.StartsWithSegments("/metrics") || options.Value is { Mode: AccessMode.Loopback, PublishedOn: "" };
        if (isServed)
            return next(context);

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
