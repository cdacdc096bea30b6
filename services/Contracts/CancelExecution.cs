namespace CodeInterpreter.Contracts;

/// <summary>
/// Command to all runners: stop this execution if it runs here, and do not start it if it arrives later. Its result has the outcome
/// <see cref="Outcome.Cancelled"/>.
/// </summary>
public sealed record CancelExecution
{
    /// <summary>The execution.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>Its user. The command is ignored for another user's execution.</summary>
    public required string UserId { get; init; }

    /// <summary>
    /// Whether running code continues; false by default. True means that the execution has waited too long: a runner that receives it for
    /// the first time does not start it, and reports <see cref="Outcome.TimedOut"/>.
    /// </summary>
    public bool UnlessStarted { get; init; }
}
