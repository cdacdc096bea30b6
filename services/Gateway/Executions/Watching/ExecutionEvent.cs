using System.Collections.Immutable;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Executions.Watching;

/// <summary>
/// An event as followers get it. Events that only describe the present, such as the place in the queue, have the number 0.
/// </summary>
internal abstract record ExecutionEvent(string ExecutionId, long Sequence)
{
    internal sealed record Accepted(string ExecutionId, DateTimeOffset AcceptedAt) : ExecutionEvent(ExecutionId, EventSequence.Accepted);

    internal sealed record Queued(string ExecutionId, int Ahead) : ExecutionEvent(ExecutionId, 0);

    internal sealed record Started(string ExecutionId, long Sequence, DateTimeOffset StartedAt, Uri? InputAddress)
        : ExecutionEvent(ExecutionId, Sequence);

    internal sealed record Printed(string ExecutionId, long Sequence, OutputKind Kind, string Text) : ExecutionEvent(ExecutionId, Sequence);

    internal sealed record FileStored(string ExecutionId, long Sequence, GeneratedFile File) : ExecutionEvent(ExecutionId, Sequence);

    internal sealed record Finished(string ExecutionId, long Sequence, ExecutionResult Result) : ExecutionEvent(ExecutionId, Sequence)
    {
        /// <summary>The contents of small generated files by their ids; empty if the caller does not want them.</summary>
        public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Data { get; init; } =
            ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty;
    }

    internal sealed record KeepAlive(string ExecutionId) : ExecutionEvent(ExecutionId, 0);

    public static ExecutionEvent From(LogEntry entry) =>
        entry switch
        {
            { StartedAt: { } startedAt } => new Started(entry.ExecutionId, entry.Sequence, startedAt, entry.InputAddress),
            { File: { } file } => new FileStored(entry.ExecutionId, entry.Sequence, file),
            _ => new Printed(entry.ExecutionId, entry.Sequence, entry.Kind ?? OutputKind.Stdout, entry.Text ?? ""),
        };
}
