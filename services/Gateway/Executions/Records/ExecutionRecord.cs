using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions.Records;

/// <summary>An execution as the gateway stores it. The code is not part of it.</summary>
internal sealed record ExecutionRecord
{
    /// <summary>Time for storing the files after the code ended, including an outage of the database.</summary>
    public static readonly TimeSpan HarvestTime = TimeSpan.FromMinutes(5);

    public required string ExecutionId { get; init; }

    public required string UserId { get; init; }

    /// <summary>The caller that started it; empty if the gateway does not ask for credentials.</summary>
    public string CallerId { get; init; } = "";

    public ExecutionStatus Status { get; init; } = ExecutionStatus.Queued;

    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The time until which its caller waits.</summary>
    public DateTimeOffset Deadline { get; init; }

    /// <summary>
    /// The time from which no result can arrive. A runner starts the code before the deadline, the code runs for less than the time between
    /// acceptance and deadline, and then its files are stored.
    /// </summary>
    public DateTimeOffset LostAt
    {
        get
        {
            var deadline = Deadline > AcceptedAt ? Deadline : AcceptedAt;
            return deadline + (deadline - AcceptedAt) + HarvestTime;
        }
    }

    /// <summary>Whether its events are logged, so that callers can follow it.</summary>
    public bool Live { get; init; }

    /// <summary>The most bytes that a new execution may take of its user's budget, see <see cref="ResultSize"/>.</summary>
    public long Bytes { get; init; }

    /// <summary>The caller's key for the request; null for none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>A hash of the request, to notice a different one with the same key; null without a key.</summary>
    public string? RequestHash { get; init; }

    /// <summary>The address for standard input while it runs; null before that, and if it is not interactive.</summary>
    public Uri? InputAddress { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public ExecutionResult? Result { get; init; }

    /// <summary>The number of its last event; 0 until it has finished, and if it was lost.</summary>
    public long LastSequence { get; init; }

    public ExecutionRecord Finish(ExecutionFinished finished) =>
        this with
        {
            Status = ExecutionStatus.Finished,
            StartedAt = StartedAt ?? finished.Result.StartedAt,
            FinishedAt = finished.FinishedAt,
            Result = finished.Result,
            LastSequence = finished.Sequence,
        };
}
