namespace CodeInterpreter.Contracts;

/// <summary>
/// Event to all runners: the users with executions in the deferred queue. Published when that changes, and every two seconds while there
/// are any. New executions of these users are queued behind the waiting ones. Runners drop the information when it is not repeated for six
/// seconds.
/// </summary>
public sealed record DeferredUsers
{
    /// <summary>All of them, in no order.</summary>
    public required IReadOnlyList<string> UserIds { get; init; }
}
