namespace CodeInterpreter.Client;

/// <summary>An execution, and its result once it has finished.</summary>
public sealed record Execution
{
    /// <summary>Its id.</summary>
    public string ExecutionId { get; init; } = "";

    /// <summary>The user that it belongs to.</summary>
    public string UserId { get; init; } = "";

    /// <summary>Where it is.</summary>
    public ExecutionStatus Status { get; init; }

    /// <summary>When the service accepted it.</summary>
    public DateTimeOffset AcceptedAt { get; init; }

    /// <summary>When its code started; null before that.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it finished; null before that.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Its result; null before it has finished, and in lists.</summary>
    public ExecutionResult? Result { get; init; }
}

/// <summary>How much the executions of a user take.</summary>
/// <param name="Executions">Executions that the service keeps.</param>
/// <param name="Bytes">Bytes of their results and events.</param>
/// <param name="MaxBytes">Bytes that they may take; null for no limit.</param>
public sealed record ExecutionUsage(long Executions, long Bytes, long? MaxBytes);
