namespace CodeInterpreter.Gateway.Executions.Records;

/// <summary>The space that a user's executions take.</summary>
/// <param name="Executions">Number of executions.</param>
/// <param name="Bytes">
/// Bytes of their results and events, see <see cref="ResultSize"/>. An unfinished execution counts with its maximum.
/// </param>
internal sealed record ExecutionUsage(long Executions, long Bytes);
