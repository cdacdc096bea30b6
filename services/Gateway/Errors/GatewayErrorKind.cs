namespace CodeInterpreter.Gateway.Errors;

/// <summary>What went wrong, from the caller's point of view; HTTP and gRPC each have a status for it.</summary>
internal enum GatewayErrorKind
{
    /// <summary>The request is wrong; the violations name its fields.</summary>
    InvalidRequest,

    /// <summary>There are no credentials, or they are not valid.</summary>
    Unauthenticated,

    /// <summary>The credentials are valid, but not for this.</summary>
    Forbidden,

    /// <summary>Unknown, expired, or somebody else's.</summary>
    NotFound,

    /// <summary>It was the caller's, and its time is over.</summary>
    Expired,

    /// <summary>The user has no room for a file, or for the result of an execution.</summary>
    QuotaExceeded,

    /// <summary>The file store has no room for anybody's files.</summary>
    StorageFull,

    /// <summary>Another request has the same idempotency key.</summary>
    KeyTaken,

    /// <summary>The execution does not run or is not interactive, so there is nobody to read input.</summary>
    NotRunning,

    /// <summary>The execution has not finished, so it cannot be forgotten.</summary>
    StillRunning,

    /// <summary>Larger than the service takes.</summary>
    TooLarge,

    /// <summary>The content is not what the caller announced.</summary>
    ContentMismatch,

    /// <summary>The content of a file is lost, though the file is there.</summary>
    ContentLost,

    /// <summary>An offset behind the end.</summary>
    OutOfRange,

    /// <summary>The body has a type the service doesn't read.</summary>
    UnsupportedMediaType,

    /// <summary>Something the service needs can't be reached at the moment.</summary>
    Unavailable,

    /// <summary>More is asked for than can be taken; later it can.</summary>
    Overloaded,

    /// <summary>The caller or the user has asked for more than one may have; later it can be had.</summary>
    LimitReached,

    /// <summary>The execution goes on, but nobody waits for it any longer.</summary>
    ExecutionUnfinished,

    /// <summary>The sender of a file has stopped sending.</summary>
    UploadStalled,

    /// <summary>The service itself failed.</summary>
    Failed,
}
