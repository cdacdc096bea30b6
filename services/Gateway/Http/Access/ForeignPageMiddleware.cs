using CodeInterpreter.Gateway.Access;
using CodeInterpreter.Gateway.Http.Errors;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Http.Access;

/// <summary>
/// Protects a gateway without keys, which only this machine can reach, from web pages in a browser on this machine. A page that points a
/// name of its own to this machine is recognized by that name, any other page by the origin that the browser sends.
/// Origins that the operator lists may call.
/// </summary>
internal sealed class ForeignPageMiddleware(RequestDelegate next, IOptions<AccessOptions> options, IOptions<CrossOriginOptions> crossOrigin)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (options.Value.Mode != AccessMode.Loopback || ManagementEndpoint.Received(context))
            return next(context);

        if (!Loopback.IsHost(request.Host.Host))
            return RefuseAsync(
                context,
                StatusCodes.Status421MisdirectedRequest,
                "This gateway requires no key and accepts requests for localhost, 127.0.0.1 and [::1] only. Use one of these, or "
                    + "set Gateway:Access:Mode to Required."
            );
        return IsSafe(request.Method) || !IsForeign(request)
            ? next(context)
            : RefuseAsync(
                context,
                StatusCodes.Status403Forbidden,
                "Pages of other sites may not call this gateway, because it requires no key. Set Gateway:Access:Mode to Required."
            );
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private bool IsForeign(HttpRequest request)
    {
        if (request.Headers.Origin is [{ } listed] && crossOrigin.Value.Origins.Contains(listed))
            return false;
        if (request.Headers["Sec-Fetch-Site"] == "cross-site")
            return true;
        return request.Headers.Origin is [{ } origin]
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var page) && Loopback.IsHost(page.Host));
    }

    private static Task RefuseAsync(HttpContext context, int status, string detail) =>
        Problems.ForStatus(status, detail).ExecuteAsync(context);
}
