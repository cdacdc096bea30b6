namespace CodeInterpreter.Gateway.Executions;

/// <summary>A place among executions in the order of their acceptance, or the reverse.</summary>
internal sealed record ExecutionPosition(DateTimeOffset AcceptedAt, string ExecutionId);
