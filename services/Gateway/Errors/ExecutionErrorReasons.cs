namespace CodeInterpreter.Gateway.Errors;

/// <summary>Reasons in errors that are about an execution, whose id comes with them.</summary>
internal static class ExecutionErrorReasons
{
    /// <summary>ALREADY_EXISTS: the execution has the idempotency key of another request.</summary>
    public const string KeyTaken = "IDEMPOTENCY_KEY_TAKEN";

    /// <summary>FAILED_PRECONDITION: it does not run, so nobody reads input.</summary>
    public const string NotRunning = "NOT_RUNNING";

    /// <summary>FAILED_PRECONDITION: it has not finished, so it cannot be deleted.</summary>
    public const string StillRunning = "STILL_RUNNING";

    /// <summary>DEADLINE_EXCEEDED: it goes on, but nobody waits for it any longer.</summary>
    public const string Unfinished = "EXECUTION_UNFINISHED";
}
