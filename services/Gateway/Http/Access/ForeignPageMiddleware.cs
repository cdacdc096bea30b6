using CodeInterpreter.Gateway.Access;
using CodeInterpreter.Gateway.Http.Errors;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Http.Access;

/// <summary>
/// Where nobody is asked for a key because only this machine gets here, a browser on it is let in too, and with it every page it
/// shows. Such a page is told by the name it calls this machine by, when it has made a name of its own lead here, or by what
/// the browser says of where a request comes from.
/// </summary>
internal sealed class ForeignPageMiddleware(RequestDelegate next, IOptions<AccessOptions> options)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (options.Value.Mode != AccessMode.Loopback || Exposure.IsManagement(context))
            return next(context);

        if (!Exposure.IsThisMachine(request.Host.Host))
            return RefuseAsync(
                context,
                StatusCodes.Status421MisdirectedRequest,
                "This gateway asks nobody for a key and answers to localhost, 127.0.0.1 and [::1] only. Call it by one of those, or "
                    + "set Gateway:Access:Mode to Required."
            );
        return IsSafe(request.Method) || !IsForeign(request)
            ? next(context)
            : RefuseAsync(
                context,
                StatusCodes.Status403Forbidden,
                "A page of another site may not call this gateway, which asks nobody for a key. Set Gateway:Access:Mode to Required."
            );
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsForeign(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] == "cross-site")
            return true;
        return request.Headers.Origin is [{ } origin]
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var page) && Exposure.IsThisMachine(page.Host));
    }

    private static Task RefuseAsync(HttpContext context, int status, string detail) =>
        Problems.ForStatus(status, detail).ExecuteAsync(context);
}
