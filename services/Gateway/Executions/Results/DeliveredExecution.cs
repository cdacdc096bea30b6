using System.Collections.Immutable;
using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Executions.Results;

/// <summary>An execution as it is sent to a caller.</summary>
/// <param name="Execution">The execution, with its result if it has one.</param>
/// <param name="Data">The contents of small generated files by their ids; empty if the caller does not want them.</param>
internal sealed record DeliveredExecution(ExecutionRecord Execution, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Data)
{
    /// <summary>The result; null until the execution has finished.</summary>
    public DeliveredResult? Result => Execution.Result is { } result ? new DeliveredResult(Execution.ExecutionId, result, Data) : null;

    /// <summary>An execution without the contents of files.</summary>
    public static DeliveredExecution WithoutData(ExecutionRecord execution) =>
        new(execution, ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty);
}
