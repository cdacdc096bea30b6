using System.Text.Json.Serialization;
using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions.Following;

/// <summary>Something that happened while code ran: that it started, what it printed, or a file it wrote.</summary>
internal sealed record LogEntry
{
    public required string ExecutionId { get; init; }

    public required string UserId { get; init; }

    /// <summary>See <see cref="EventSequence"/>.</summary>
    public required long Sequence { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Where the runner that has started it takes input.</summary>
    public Uri? InputAddress { get; init; }

    public OutputKind? Kind { get; init; }

    [JsonConverter(typeof(LongText))]
    public string? Text { get; init; }

    public GeneratedFile? File { get; init; }

    /// <summary>Whether everything before it is void.</summary>
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
