namespace CodeInterpreter.Gateway.Executions.Deferred;

/// <summary>An execution in the deferred queue, without its command, which stays on the bus.</summary>
internal sealed record DeferredExecution
{
    public required string ExecutionId { get; init; }

    public required string UserId { get; init; }

    /// <summary>When it was accepted, which is its position among the user's executions.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The time until which a runner may start it.</summary>
    public required DateTimeOffset StartBy { get; init; }

    /// <summary>Whether it was offered to the runners before and came back.</summary>
    public bool IsReturned { get; init; }

    /// <summary>Moves it to the queue of the runners.</summary>
    public required Func<Task> ReleaseAsync { get; init; }
}
