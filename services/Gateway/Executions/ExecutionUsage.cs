namespace CodeInterpreter.Gateway.Executions;

/// <summary>How much of a user is remembered.</summary>
/// <param name="Executions">Number of executions.</param>
/// <param name="Bytes">What their results and events take, see <see cref="ResultSize"/>; of those that have not finished, the most they may.</param>
internal sealed record ExecutionUsage(long Executions, long Bytes);
