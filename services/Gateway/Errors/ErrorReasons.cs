using CodeInterpreter.ServiceDefaults.Errors;

namespace CodeInterpreter.Gateway.Errors;

/// <summary>
/// The machine-readable reason of each error: `code` of a problem document, and the reason in google.rpc.ErrorInfo. Where the gRPC status
/// says enough, it is the name of that status.
/// </summary>
internal static class ErrorReasons
{
    /// <summary>INTERNAL: the service itself failed.</summary>
    public const string Internal = "INTERNAL";

    public static string Of(GatewayErrorKind kind) =>
        kind switch
        {
            GatewayErrorKind.InvalidRequest => "INVALID_ARGUMENT",
            GatewayErrorKind.Unauthenticated => "UNAUTHENTICATED",
            GatewayErrorKind.Forbidden => "PERMISSION_DENIED",
            GatewayErrorKind.NotFound => "NOT_FOUND",
            GatewayErrorKind.Expired => FileErrorReasons.Expired,
            GatewayErrorKind.QuotaExceeded => FileErrorReasons.QuotaExceeded,
            GatewayErrorKind.StorageFull => FileErrorReasons.StorageFull,
            GatewayErrorKind.KeyTaken => "IDEMPOTENCY_KEY_TAKEN",
            GatewayErrorKind.NotRunning => "NOT_RUNNING",
            GatewayErrorKind.StillRunning => "STILL_RUNNING",
            GatewayErrorKind.TooLarge or GatewayErrorKind.Overloaded or GatewayErrorKind.LimitReached => "RESOURCE_EXHAUSTED",
            GatewayErrorKind.ContentMismatch => "DATA_LOSS",
            GatewayErrorKind.ContentLost => FileErrorReasons.ContentLost,
            GatewayErrorKind.OutOfRange => "OUT_OF_RANGE",
            GatewayErrorKind.UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
            GatewayErrorKind.Unavailable => "UNAVAILABLE",
            GatewayErrorKind.ExecutionUnfinished => "EXECUTION_UNFINISHED",
            GatewayErrorKind.UploadStalled => "DEADLINE_EXCEEDED",
            _ => Internal,
        };
}
