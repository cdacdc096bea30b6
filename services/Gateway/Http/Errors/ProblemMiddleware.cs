using CodeInterpreter.Gateway.Access;
using CodeInterpreter.Gateway.Errors;

namespace CodeInterpreter.Gateway.Http.Errors;

/// <summary>Turns what escapes an endpoint into a problem document, once and in one place.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads it; it is for the metrics. A response that has begun keeps the status that it was sent with.
            if (!context.Response.HasStarted)
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception exception) when (context.Response.HasStarted)
        {
            // Too late for a status: breaking the connection is the only way to say that the body is not complete.
            ResponseBroken(exception);
            context.Abort();
        }
        catch (GatewayException exception)
        {
            await WriteAsync(context, exception);
        }
        catch (BadHttpRequestException exception)
        {
            await Problems.ForStatus(exception.StatusCode, exception.Message).ExecuteAsync(context);
        }
        catch (Exception exception)
        {
            RequestFailed(exception);
            const string Detail = "The service failed; the operator's log has the cause.";
            await Problems.ForStatus(StatusCodes.Status500InternalServerError, Detail).ExecuteAsync(context);
        }
    }

    private async Task WriteAsync(HttpContext context, GatewayException exception)
    {
        if (exception.Kind is GatewayErrorKind.Unavailable or GatewayErrorKind.ContentLost or GatewayErrorKind.Failed)
        {
            RequestRefused(exception.Kind, exception);
        }

        var headers = context.Response.Headers;
        if (exception.Kind is GatewayErrorKind.Unavailable or GatewayErrorKind.Overloaded or GatewayErrorKind.LimitReached)
        {
            headers.RetryAfter = ((int)Math.Max(1, Math.Ceiling(exception.RetryDelay.TotalSeconds))).ToString(provider: null);
        }

        if (exception.Kind is GatewayErrorKind.Unauthenticated)
        {
            headers.WWWAuthenticate = Credentials.Of(context.Request) is null ? "Bearer" : "Bearer error=\"invalid_token\"";
        }

        await Problems.For(exception).ExecuteAsync(context);
    }

    [LoggerMessage(1, LogLevel.Warning, "A request ended as {Kind}")]
    private partial void RequestRefused(GatewayErrorKind kind, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "A request failed")]
    private partial void RequestFailed(Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "A response broke off")]
    private partial void ResponseBroken(Exception exception);
}
