namespace CodeInterpreter.Client;

/// <summary>
/// A request was wrong or could not be served. How code ends is not an exception but a value, see <see cref="ExecutionResult.Outcome"/>.
/// </summary>
public class CodeInterpreterException : Exception
{
    /// <summary>Describes a failure.</summary>
    /// <param name="reason">One of <see cref="ErrorReasons"/>, or one of a later version of the service.</param>
    /// <param name="message">One sentence for people.</param>
    /// <param name="innerException">What caused it.</param>
    public CodeInterpreterException(string reason, string message, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>What went wrong, for programs: see <see cref="ErrorReasons"/>.</summary>
    public string Reason { get; }

    /// <summary>The fields of the request that are wrong; empty unless the reason is <see cref="ErrorReasons.InvalidArgument"/>.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; init; } = [];

    /// <summary>After what delay the same call may succeed; null where the service names none.</summary>
    public TimeSpan? RetryDelay { get; init; }

    /// <summary>The execution that the failure is about; null where there is none. It may still be running.</summary>
    public string? ExecutionId { get; init; }

    /// <summary>Whether the same call may succeed later without a change.</summary>
    public bool IsTransient => Reason == ErrorReasons.Unavailable || RetryDelay is not null;
}
