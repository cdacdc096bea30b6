using CodeInterpreter.ServiceDefaults.Errors;

namespace CodeInterpreter.Gateway.Errors;

/// <summary>Ends a request with an error that its caller may see: the one currency of errors behind both APIs.</summary>
internal sealed class GatewayException(GatewayErrorKind kind, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    private static readonly TimeSpan UsualDelay = TimeSpan.FromSeconds(5);

    public GatewayErrorKind Kind => kind;

    /// <summary>When to try again what can't be served at the moment.</summary>
    public TimeSpan RetryDelay { get; init; } = UsualDelay;

    /// <summary>What is wrong with the request; empty unless it is invalid.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; private init; } = [];

    /// <summary>The execution that the error is about, when it has an id already.</summary>
    public string? ExecutionId { get; init; }

    public static GatewayException Invalid(params IReadOnlyList<FieldViolation> violations) =>
        new(GatewayErrorKind.InvalidRequest, "The request is not valid.") { Violations = violations };

    public static GatewayException Invalid(string field, string description) => Invalid(new FieldViolation(field, description));
}
