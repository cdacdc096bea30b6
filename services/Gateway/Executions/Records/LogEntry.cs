using System.Text.Json.Serialization;
using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions.Records;

/// <summary>An event of running code: its start, output, or a file that it wrote.</summary>
internal sealed record LogEntry
{
    public required string ExecutionId { get; init; }

    public required string UserId { get; init; }

    /// <summary>See <see cref="EventSequence"/>.</summary>
    public required long Sequence { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The address for standard input at the runner that started the code.</summary>
    public Uri? InputAddress { get; init; }

    public OutputKind? Kind { get; init; }

    [JsonConverter(typeof(LongText))]
    public string? Text { get; init; }

    public GeneratedFile? File { get; init; }

    /// <summary>Whether all events before it are void.</summary>
    [JsonIgnore]
    public bool BeginsAttempt => EventSequence.BeginsAttempt(Sequence);

    public static LogEntry From(ExecutionStarted started) =>
        new()
        {
            ExecutionId = started.ExecutionId,
            UserId = started.UserId,
            Sequence = started.Sequence,
            StartedAt = started.StartedAt,
            InputAddress = started.InputAddress,
        };

    public static LogEntry From(ExecutionOutput output) =>
        new()
        {
            ExecutionId = output.ExecutionId,
            UserId = output.UserId,
            Sequence = output.Sequence,
            Kind = output.Kind,
            Text = output.Text,
        };

    public static LogEntry From(ExecutionFileStored stored) =>
        new()
        {
            ExecutionId = stored.ExecutionId,
            UserId = stored.UserId,
            Sequence = stored.Sequence,
            File = stored.File,
        };
}
