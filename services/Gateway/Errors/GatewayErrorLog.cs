namespace CodeInterpreter.Gateway.Errors;

/// <summary>Logs errors that are failures of the service; those of callers are not logged.</summary>
internal static partial class GatewayErrorLog
{
    public static void LogFailure(this ILogger logger, GatewayException exception)
    {
        if (exception.Kind is GatewayErrorKind.Unavailable or GatewayErrorKind.ContentLost or GatewayErrorKind.Failed)
            logger.CallFailed(exception.Kind, exception);
    }

    [LoggerMessage(1, LogLevel.Warning, "A call failed: {Kind}")]
    private static partial void CallFailed(this ILogger logger, GatewayErrorKind kind, Exception exception);
}
