using CodeInterpreter.Gateway.Access;

namespace CodeInterpreter.Gateway.Http.Access;

/// <summary>What endpoints have to say about access.</summary>
internal static class RequestAccess
{
    /// <summary>The user that a body names. The one of the query is known before.</summary>
    public static void ActAs(this HttpContext context, string? userId) => Admission.Of(context).ActAs(userId);

    /// <summary>What a request may be answered with before it gets there.</summary>
    public static RouteGroupBuilder ProducesAccessProblems(this RouteGroupBuilder group) =>
        group
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
}
