namespace CodeInterpreter.Contracts;

/// <summary>
/// Command to all runners: stop this execution if it is here, and do not start it if it comes. It is answered, with
/// the outcome <see cref="Outcome.Cancelled"/>, as every execution is.
/// </summary>
public sealed record CancelExecution
{
    /// <summary>The execution.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>Its user; nobody else can cancel it.</summary>
    public required string UserId { get; init; }

    /// <summary>
    /// Whether code that has begun goes on: false by default. With true the execution has waited too long; who is given it for the
    /// first time from then on does not start it, and answers <see cref="Outcome.TimedOut"/>.
    /// </summary>
    public bool UnlessStarted { get; init; }
}
