using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>What the gateway remembers of an execution. The code is not part of it.</summary>
internal sealed record ExecutionRecord
{
    /// <summary>A harvest may begin late, and wait for a database that is away.</summary>
    public static readonly TimeSpan HarvestTime = TimeSpan.FromMinutes(5);

    public required string ExecutionId { get; init; }

    public required string UserId { get; init; }

    public ExecutionStatus Status { get; init; } = ExecutionStatus.Queued;

    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>From this moment on nobody waits for it any more.</summary>
    public DateTimeOffset Deadline { get; init; }

    /// <summary>
    /// From this moment on no result can come any more: whoever starts it does so before the deadline, it runs for less than lies
    /// between acceptance and deadline, and then its files are stored.
    /// </summary>
    public DateTimeOffset LostAt
    {
        get
        {
            var deadline = Deadline > AcceptedAt ? Deadline : AcceptedAt;
            return deadline + (deadline - AcceptedAt) + HarvestTime;
        }
    }

    /// <summary>Whether what happens in it is logged, so that it can be followed.</summary>
    public bool Live { get; init; }

    /// <summary>What it may come to as one that has just been accepted, in bytes of its user's budget: see <see cref="ResultSize"/>.</summary>
    public long Bytes { get; init; }

    /// <summary>The caller's own name for the request; null for none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>What the request was, so that another one with the same key is noticed; null without a key.</summary>
    public string? RequestHash { get; init; }

    /// <summary>Where its standard input can be sent to while it runs; null until then, and when it is not interactive.</summary>
    public Uri? InputAddress { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public ExecutionResult? Result { get; init; }

    /// <summary>The number of its last event; 0 until it has finished, and when no runner finished it.</summary>
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
