namespace CodeInterpreter.Contracts;

/// <summary>Event: the execution ended and its files are stored. Published at least once; all copies are the same.</summary>
public sealed record ExecutionFinished
{
    /// <summary>The execution.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>Its user.</summary>
    public required string UserId { get; init; }

    /// <summary>The <see cref="ExecuteCode.Proof"/> of the command; gateways drop events without it.</summary>
    public string? Proof { get; init; }

    /// <summary>The runner that held it.</summary>
    public required string RunnerId { get; init; }

    /// <summary>Its place among the events of the execution: see <see cref="EventSequence"/>; 0 when no runner says it.</summary>
    public long Sequence { get; init; }

    /// <summary>When it had ended.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>How it ended and what came out of it.</summary>
    public required ExecutionResult Result { get; init; }
}
