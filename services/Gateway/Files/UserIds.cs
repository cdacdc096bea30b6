using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.ServiceDefaults.Errors;
using CodeInterpreter.ServiceDefaults.Naming;

namespace CodeInterpreter.Gateway.Files;

/// <summary>The form of user ids.</summary>
internal static class UserIds
{
    public const string Description = $"The owner: {Identifier.Form}.";

    public static IEnumerable<FieldViolation> Validate(string? userId)
    {
        if (!Identifier.IsValid(userId))
        {
            yield return new FieldViolation("user_id", $"must be {Identifier.Form}.");
        }
    }

    /// <exception cref="GatewayException">The id is not valid.</exception>
    public static void Check(string? userId)
    {
        FieldViolation[] violations = [.. Validate(userId)];
        if (violations.Length > 0)
            throw GatewayException.Invalid(violations);
    }
}
