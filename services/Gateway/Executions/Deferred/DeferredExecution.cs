namespace CodeInterpreter.Gateway.Executions.Deferred;

/// <summary>An execution in the deferred queue, without all that is in its command: that stays with the bus.</summary>
internal sealed record DeferredExecution
{
    public required string ExecutionId { get; init; }

    public required string UserId { get; init; }

    /// <summary>Its place among the user's executions.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>Until when a runner may start it.</summary>
    public required DateTimeOffset StartBy { get; init; }

    /// <summary>Whether it was offered to the runners before, and refused.</summary>
    public bool IsReturned { get; init; }

    /// <summary>Gives it to the runners.</summary>
    public required Func<Task> ReleaseAsync { get; init; }
}
