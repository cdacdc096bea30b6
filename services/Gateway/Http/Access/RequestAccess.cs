using CodeInterpreter.Gateway.Access;
using CodeInterpreter.Gateway.Errors;

namespace CodeInterpreter.Gateway.Http.Access;

/// <summary>Access control in endpoints.</summary>
internal static class RequestAccess
{
    /// <summary>Checks the user that a body names; one in the query has been checked before.</summary>
    public static void AuthorizeUser(this HttpContext context, string? userId) => CallAuthorization.Of(context).AuthorizeUser(userId);

    /// <summary>The user of a request, which its body or its query names, or both alike. Checks the one in the body.</summary>
    /// <exception cref="GatewayException">The two are not the same, or the caller may not act for the user.</exception>
    public static string UserOf(this HttpContext context, string? inBody, string? inQuery)
    {
        if (string.IsNullOrEmpty(inQuery))
            inQuery = null;
        if (inBody is not null && inQuery is not null && inBody != inQuery)
            throw GatewayException.Invalid("user_id", "is given twice, but not the same.");
        context.AuthorizeUser(inBody);
        return inBody ?? inQuery ?? "";
    }

    /// <summary>Documents the errors that each call may have: of access control, and of what the service depends on.</summary>
    public static RouteGroupBuilder ProducesAccessProblems(this RouteGroupBuilder group) =>
        group
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
