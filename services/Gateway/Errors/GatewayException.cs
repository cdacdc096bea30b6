using CodeInterpreter.ServiceDefaults.Errors;

namespace CodeInterpreter.Gateway.Errors;

/// <summary>An error that the caller sees. HTTP and gRPC both map it to their statuses.</summary>
internal sealed class GatewayException(GatewayErrorKind kind, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    private static readonly TimeSpan DefaultRetryDelay = TimeSpan.FromSeconds(5);

    public GatewayErrorKind Kind => kind;

    /// <summary>When to retry, for errors that are temporary.</summary>
    public TimeSpan RetryDelay { get; init; } = DefaultRetryDelay;

    /// <summary>The invalid fields of the request; empty for all other kinds.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; private init; } = [];

    /// <summary>The execution that the error is about; null if there is none.</summary>
    public string? ExecutionId { get; init; }

    /// <summary>Whether the execution may run all the same: the bus has its command, and has not confirmed it.</summary>
    public bool MayRun { get; init; }

    public static GatewayException Invalid(params IReadOnlyList<FieldViolation> violations) =>
        new(GatewayErrorKind.InvalidRequest, "The request is not valid.") { Violations = violations };

    public static GatewayException Invalid(string field, string description) => Invalid(new FieldViolation(field, description));
}
