namespace CodeInterpreter.Gateway.Executions.Records;

/// <summary>A position in a list of executions that is sorted by acceptance.</summary>
internal sealed record ExecutionPosition(DateTimeOffset AcceptedAt, string ExecutionId);
