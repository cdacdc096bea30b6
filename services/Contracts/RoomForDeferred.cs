namespace CodeInterpreter.Contracts;

/// <summary>
/// Event of a runner to the gateways: which deferred executions it has taken, and for which users it has free slots now. Published when
/// that changes, and every second while executions are deferred.
/// </summary>
public sealed record RoomForDeferred
{
    /// <summary>The runner.</summary>
    public required string RunnerId { get; init; }

    /// <summary>Deferred executions that it has taken since the last such event.</summary>
    public IReadOnlyList<string> TakenExecutionIds { get; init; } = [];

    /// <summary>Users with deferred executions of which it would take one more.</summary>
    public IReadOnlyList<string> UserIds { get; init; } = [];

    /// <summary>How many executions of these users it would take, all together.</summary>
    public int Count { get; init; }
}
