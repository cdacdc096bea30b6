namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>A page of a user's executions, the newest first, without their results.</summary>
internal sealed record ExecutionListBody
{
    /// <summary>The executions.</summary>
    public required IReadOnlyList<ExecutionBody> Executions { get; init; }

    /// <summary>For the next page; null on the last one.</summary>
    public required string? NextPageToken { get; init; }
}
