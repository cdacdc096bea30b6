using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>The answer to a caller who waited.</summary>
/// <param name="ExecutionId">The execution.</param>
/// <param name="Result">Its result.</param>
/// <param name="Data">The content of those generated files that the caller gets with it, by their ids.</param>
internal sealed record FinishedExecution(string ExecutionId, ExecutionResult Result, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Data)
{
    /// <summary>Whose it is.</summary>
    public string UserId { get; init; } = "";

    /// <summary>Whether the caller wants small files with it.</summary>
    public bool IncludeData { get; init; }
}
