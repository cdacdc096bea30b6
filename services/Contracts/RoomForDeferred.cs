namespace CodeInterpreter.Contracts;

/// <summary>
/// Event of a runner to the gateways: what it has taken of the deferred executions, and for whose it has room now. Published when
/// that changes and every second, as long as executions are deferred.
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
