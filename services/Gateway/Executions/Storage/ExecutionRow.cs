using System.Text.Json;
using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Executions.Storage;

/// <summary>A row of the table; times are Unix milliseconds.</summary>
internal sealed class ExecutionRow
{
    public required string ExecutionId { get; init; }

    public required string UserId { get; init; }

    public string? CallerId { get; init; }

    public required long Status { get; init; }

    public required long AcceptedAt { get; init; }

    public long? StartedAt { get; init; }

    public long? FinishedAt { get; init; }

    public byte[]? Result { get; init; }

    public long Deadline { get; init; }

    public long Live { get; init; }

    public string? IdempotencyKey { get; init; }

    public string? RequestHash { get; init; }

    public string? InputAddress { get; init; }

    public long LastSequence { get; init; }

    public ExecutionRecord ToRecord() =>
        new()
        {
            ExecutionId = ExecutionId,
            UserId = UserId,
            CallerId = CallerId ?? "",
            Status = (ExecutionStatus)Status,
            AcceptedAt = DateTimeOffset.FromUnixTimeMilliseconds(AcceptedAt),
            Deadline = DateTimeOffset.FromUnixTimeMilliseconds(Deadline),
            Live = Live != 0,
            IdempotencyKey = IdempotencyKey,
            RequestHash = RequestHash,
            InputAddress = InputAddress is null ? null : new Uri(InputAddress),
            LastSequence = LastSequence,
            StartedAt = ToTime(StartedAt),
            FinishedAt = ToTime(FinishedAt),
            Result = Result is null ? null : JsonSerializer.Deserialize(Result, ResultJson.Compact.ExecutionResult),
        };

    private static DateTimeOffset? ToTime(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
