namespace CodeInterpreter.Gateway.Errors;

/// <summary>Reasons in errors about an execution. The error also has the id of the execution.</summary>
internal static class ExecutionErrorReasons
{
    /// <summary>ALREADY_EXISTS: the idempotency key belongs to another request.</summary>
    public const string KeyTaken = "IDEMPOTENCY_KEY_TAKEN";

    /// <summary>FAILED_PRECONDITION: the execution is not running, so it reads no input.</summary>
    public const string NotRunning = "NOT_RUNNING";

    /// <summary>FAILED_PRECONDITION: the execution has not finished, so it cannot be deleted.</summary>
    public const string StillRunning = "STILL_RUNNING";

    /// <summary>DEADLINE_EXCEEDED: the execution continues, but the call no longer waits for it.</summary>
    public const string Unfinished = "EXECUTION_UNFINISHED";
}
