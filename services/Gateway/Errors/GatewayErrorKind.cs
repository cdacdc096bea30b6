namespace CodeInterpreter.Gateway.Errors;

/// <summary>The kinds of errors that callers see. HTTP and gRPC have a status for each.</summary>
internal enum GatewayErrorKind
{
    /// <summary>The request is invalid; the violations name its fields.</summary>
    InvalidRequest,

    /// <summary>The credentials are missing or invalid.</summary>
    Unauthenticated,

    /// <summary>The credentials do not allow this.</summary>
    Forbidden,

    /// <summary>The file or execution is unknown, expired or another user's.</summary>
    NotFound,

    /// <summary>The file or link belonged to the caller and has expired.</summary>
    Expired,

    /// <summary>The file or the result exceeds the quota of the user.</summary>
    QuotaExceeded,

    /// <summary>The storage of the file store is full.</summary>
    StorageFull,

    /// <summary>The idempotency key belongs to another request.</summary>
    KeyTaken,

    /// <summary>The execution is not running or not interactive, so it reads no input.</summary>
    NotRunning,

    /// <summary>The execution has not finished, so it cannot be deleted.</summary>
    StillRunning,

    /// <summary>The request or the file is over a size limit.</summary>
    TooLarge,

    /// <summary>The content does not match the announced hash or size.</summary>
    ContentMismatch,

    /// <summary>The record of a file exists, but its content is missing.</summary>
    ContentLost,

    /// <summary>The offset is beyond the end of the file.</summary>
    OutOfRange,

    /// <summary>The media type of the body is not supported.</summary>
    UnsupportedMediaType,

    /// <summary>A dependency of the service cannot be reached; retry later.</summary>
    Unavailable,

    /// <summary>The service has too much to do; retry later.</summary>
    Overloaded,

    /// <summary>The caller or the user is over a limit; retry later.</summary>
    LimitReached,

    /// <summary>The execution continues, but the call no longer waits for it.</summary>
    ExecutionUnfinished,

    /// <summary>The sender of a file stopped sending.</summary>
    UploadStalled,

    /// <summary>The service itself failed.</summary>
    Failed,
}
