namespace CodeInterpreter.Client;

/// <summary>
/// Values of <see cref="CodeInterpreterException.Reason"/>: the reason that the service gives, or the name of the gRPC status where it
/// gives
/// none. Later versions of the service may give further ones.
/// </summary>
public static class ErrorReasons
{
    /// <summary>A field of the request is wrong, see <see cref="CodeInterpreterException.Violations"/>.</summary>
    public const string InvalidArgument = "INVALID_ARGUMENT";

    /// <summary>The key or token is missing or not valid.</summary>
    public const string Unauthenticated = "UNAUTHENTICATED";

    /// <summary>The key or token does not allow this call.</summary>
    public const string PermissionDenied = "PERMISSION_DENIED";

    /// <summary>The execution or file is unknown, was deleted, or belongs to another user.</summary>
    public const string NotFound = "NOT_FOUND";

    /// <summary>The file was the caller's and has expired.</summary>
    public const string Expired = "EXPIRED";

    /// <summary>The user's quota for files, or for results, is used up.</summary>
    public const string QuotaExceeded = "QUOTA_EXCEEDED";

    /// <summary>The file store is full.</summary>
    public const string StorageFull = "STORAGE_FULL";

    /// <summary>The service has lost the content of the file.</summary>
    public const string ContentLost = "CONTENT_LOST";

    /// <summary>Bytes that arrived are not those that were announced.</summary>
    public const string DataLoss = "DATA_LOSS";

    /// <summary>Another request had the same idempotency key.</summary>
    public const string IdempotencyKeyTaken = "IDEMPOTENCY_KEY_TAKEN";

    /// <summary>The execution does not run, or is not interactive, so it accepts no input.</summary>
    public const string NotRunning = "NOT_RUNNING";

    /// <summary>The execution has not finished, so it cannot be deleted.</summary>
    public const string StillRunning = "STILL_RUNNING";

    /// <summary>The execution has not finished by the service's deadline, and goes on.</summary>
    public const string ExecutionUnfinished = "EXECUTION_UNFINISHED";

    /// <summary>The deadline of the caller passed first. An execution with an id goes on.</summary>
    public const string DeadlineExceeded = "DEADLINE_EXCEEDED";

    /// <summary>
    /// The request is too large, or, with a <see cref="CodeInterpreterException.RetryDelay"/>, there are too many requests at the moment.
    /// </summary>
    public const string ResourceExhausted = "RESOURCE_EXHAUSTED";

    /// <summary>The range starts behind the end of the file.</summary>
    public const string OutOfRange = "OUT_OF_RANGE";

    /// <summary>The service cannot be reached, or cannot serve requests at the moment.</summary>
    public const string Unavailable = "UNAVAILABLE";

    /// <summary>The service failed; its operator's log has the cause.</summary>
    public const string Internal = "INTERNAL";
}
