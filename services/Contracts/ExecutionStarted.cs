namespace CodeInterpreter.Contracts;

/// <summary>
/// Event: a runner has started the code. A second one means that the execution started again and all earlier events are invalid. Without
/// <see cref="ExecuteCode.Live"/> or <see cref="ExecuteCode.Interactive"/> it is published only when the execution takes longer than 250
/// ms.
/// </summary>
public sealed record ExecutionStarted
{
    /// <summary>The execution.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>Its user.</summary>
    public required string UserId { get; init; }

    /// <summary>The <see cref="ExecuteCode.Proof"/> of the command; gateways drop events without it.</summary>
    public string? Proof { get; init; }

    /// <summary>The runner that holds it.</summary>
    public required string RunnerId { get; init; }

    /// <summary>Its place among the events of the execution: see <see cref="EventSequence"/>.</summary>
    public long Sequence { get; init; }

    /// <summary>Whether the command asked for output and files as they come.</summary>
    public bool Live { get; init; }

    /// <summary>Where the runner takes <see cref="ExecutionInput"/>; null when the execution is not interactive.</summary>
    public Uri? InputAddress { get; init; }

    /// <summary>When the runner took it up.</summary>
    public required DateTimeOffset StartedAt { get; init; }
}
