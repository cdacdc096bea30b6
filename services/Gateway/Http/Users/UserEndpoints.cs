using System.ComponentModel;
using CodeInterpreter.Gateway.Access;
using CodeInterpreter.Gateway.Files;
using CodeInterpreter.Gateway.Http.Access;
using CodeInterpreter.Gateway.Http.Queries;
using CodeInterpreter.Gateway.Users;
using Microsoft.AspNetCore.Mvc;

namespace CodeInterpreter.Gateway.Http.Users;

/// <summary>Users over HTTP.</summary>
internal static class UserEndpoints
{
    public static void MapUserEndpoints(this IEndpointRouteBuilder app) =>
        app.MapGroup("/v1/users")
            .WithTags("Users")
            .ProducesAccessProblems()
            .RefusesUnknownQueries()
            .MapDelete("{user_id}", DeleteAsync)
            .WithName("DeleteUserData")
            .WithSummary("Delete all data of a user")
            .WithDescription(
                "Cancels the user's unfinished executions, and deletes all of the user's executions, results, events and files. "
                    + "Safe to repeat. 409: an execution did not stop within 30 seconds. Everything else is deleted; call again."
            )
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<DeletedUserDataBody> DeleteAsync(
        [FromRoute(Name = "user_id"), Description(UserIds.Description)] string userId,
        HttpContext context,
        UserData users,
        CancellationToken cancellationToken
    )
    {
        context.AuthorizeUser(userId);
        var deleted = await users.DeleteAsync(userId, CallAuthorization.Of(context).CallerId, cancellationToken);
        return new DeletedUserDataBody { Executions = deleted.Executions, Files = deleted.Files };
    }
}
