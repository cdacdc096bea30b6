namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>The space that a user's results and events take.</summary>
internal sealed record ExecutionUsageBody
{
    /// <summary>Number of stored executions.</summary>
    public required long Executions { get; init; }

    /// <summary>Bytes of their results and events, about as JSON. An unfinished execution counts with its maximum.</summary>
    public required long Bytes { get; init; }

    /// <summary>The most bytes; null for no limit.</summary>
    public required long? MaxBytes { get; init; }
}
