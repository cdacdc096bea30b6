namespace CodeInterpreter.Gateway.Executions;

/// <summary>A place in a user's list of executions, the newest first.</summary>
internal sealed record ExecutionPosition(DateTimeOffset AcceptedAt, string ExecutionId);
