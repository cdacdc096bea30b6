using CodeInterpreter.Gateway.Access.Callers;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.ServiceDefaults.Errors;
using Microsoft.AspNetCore.Diagnostics;

namespace CodeInterpreter.Gateway.Http.Errors;

/// <summary>Turns exceptions into problem documents.</summary>
internal sealed partial class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            // Only metrics see it.
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        await ToProblem(context, exception).ExecuteAsync(context);
        return true;
    }

    private IResult ToProblem(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case GatewayException known:
                logger.LogFailure(known);
                AddHeaders(context, known);
                return Problems.For(known);
            case BadHttpRequestException invalid:
                return Problems.ForStatus(invalid.StatusCode, invalid.Message);
            default:
                RequestFailed(exception);
                return Problems.ForStatus(StatusCodes.Status500InternalServerError, ErrorText.ServiceFailed);
        }
    }

    private static void AddHeaders(HttpContext context, GatewayException exception)
    {
        var headers = context.Response.Headers;
        if (exception.Kind is GatewayErrorKind.Unavailable or GatewayErrorKind.Overloaded or GatewayErrorKind.LimitReached)
            headers.RetryAfter = ((int)Math.Max(1, Math.Ceiling(exception.RetryDelay.TotalSeconds))).ToString(provider: null);
        if (exception.Kind is GatewayErrorKind.Unauthenticated)
            headers.WWWAuthenticate = Credentials.Of(context.Request) is null ? "Bearer" : "Bearer error=\"invalid_token\"";
    }

    [LoggerMessage(2, LogLevel.Error, "A request failed")]
    private partial void RequestFailed(Exception exception);
}
