using CodeInterpreter.Gateway.Access;

namespace CodeInterpreter.Gateway.Http.Access;

/// <summary>Access control in endpoints.</summary>
internal static class RequestAccess
{
    /// <summary>Checks the user that a body names; one in the query has been checked before.</summary>
    public static void AuthorizeUser(this HttpContext context, string? userId) => CallAuthorization.Of(context).AuthorizeUser(userId);

    /// <summary>Documents the errors of access control.</summary>
    public static RouteGroupBuilder ProducesAccessProblems(this RouteGroupBuilder group) =>
        group
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
}
