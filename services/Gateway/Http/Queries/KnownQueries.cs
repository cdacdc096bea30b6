using System.Reflection;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Http.Errors;
using CodeInterpreter.ServiceDefaults.Errors;
using Microsoft.AspNetCore.Mvc;

namespace CodeInterpreter.Gateway.Http.Queries;

/// <summary>Refuses queries as strictly as bodies: parameters that an endpoint does not have, and parameters given twice.</summary>
internal static class KnownQueries
{
    // Each call may name its user there.
    private const string UserId = "user_id";

    /// <summary>Applies to all endpoints of the group.</summary>
    public static RouteGroupBuilder RefusesUnknownQueries(this RouteGroupBuilder group) =>
        group.AddEndpointFilterFactory(
            (factory, next) =>
            {
                string[] known =
                [
                    .. factory
                        .MethodInfo.GetParameters()
                        .Select(parameter => parameter.GetCustomAttribute<FromQueryAttribute>()?.Name)
                        .OfType<string>()
                        .Append(UserId)
                        .Distinct(),
                ];
                return call =>
                {
                    Check(call.HttpContext.Request.Query, known);
                    return next(call);
                };
            }
        );

    private static void Check(IQueryCollection query, string[] known)
    {
        var violations = new List<FieldViolation>();
        foreach (var (name, values) in query)
        {
            // The framework finds parameters in upper and lower case.
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
                violations.Add(new FieldViolation(name, $"is not a parameter of this request.{Suggestion.For(name, known)}"));
            else if (values.Count > 1)
                violations.Add(new FieldViolation(name, "must be given once."));
        }

        if (violations.Count > 0)
            throw GatewayException.Invalid(violations);
    }
}
