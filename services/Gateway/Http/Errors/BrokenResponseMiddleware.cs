namespace CodeInterpreter.Gateway.Http.Errors;

/// <summary>
/// Breaks the connection if a response fails after it has started: only then can the caller see that the body is incomplete. The framework
/// does the same, but logs an unhandled error, even if the caller has disconnected.
/// </summary>
internal sealed partial class BrokenResponseMiddleware(RequestDelegate next, ILogger<BrokenResponseMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (context.Response.HasStarted)
        {
            if (context.RequestAborted.IsCancellationRequested)
                return;
            ResponseBroken(exception);
            context.Abort();
        }
    }

    [LoggerMessage(3, LogLevel.Warning, "A response was not sent completely")]
    private partial void ResponseBroken(Exception exception);
}
