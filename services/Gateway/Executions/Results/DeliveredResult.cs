using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions.Results;

/// <summary>A result as it is sent to a caller.</summary>
/// <param name="ExecutionId">The execution.</param>
/// <param name="Result">Its result.</param>
/// <param name="Data">The contents of small generated files by their ids; empty if the caller does not want them.</param>
internal sealed record DeliveredResult(string ExecutionId, ExecutionResult Result, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Data);
