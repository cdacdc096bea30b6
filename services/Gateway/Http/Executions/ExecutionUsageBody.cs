namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>How much a user's results and events take, and may take.</summary>
internal sealed record ExecutionUsageBody
{
    /// <summary>Number of executions that are remembered.</summary>
    public required long Executions { get; init; }

    /// <summary>About what their results and events take, in bytes of JSON; of those that have not finished, the most they may.</summary>
    public required long Bytes { get; init; }

    /// <summary>Bytes they may take; null for no limit.</summary>
    public required long? MaxBytes { get; init; }
}
