namespace CodeInterpreter.Contracts;

/// <summary>
/// Event to all runners: whose executions wait in the deferred queue. Published when that changes and every two seconds while there
/// are any. New executions of these users go behind those that wait. What is not repeated for six seconds is no longer true.
/// </summary>
public sealed record DeferredUsers
{
    /// <summary>All of them, in no order.</summary>
    public required IReadOnlyList<string> UserIds { get; init; }
}
