using System.Text.RegularExpressions;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.ServiceDefaults.Errors;

namespace CodeInterpreter.Gateway.Files;

/// <summary>The form of user ids.</summary>
internal static partial class UserIds
{
    public const string Description = "The owner: 1 to 64 characters of A-Z, a-z, 0-9, _ and -.";

    public static IEnumerable<FieldViolation> Validate(string? userId)
    {
        if (userId is null || !WellFormed.IsMatch(userId))
        {
            yield return new FieldViolation("user_id", "must be 1 to 64 characters of A-Z, a-z, 0-9, _ and -.");
        }
    }

    /// <exception cref="GatewayException">The id is not valid.</exception>
    public static void Check(string? userId)
    {
        FieldViolation[] violations = [.. Validate(userId)];
        if (violations.Length > 0)
            throw GatewayException.Invalid(violations);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex WellFormed { get; }
}
