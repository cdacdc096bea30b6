using CodeInterpreter.Gateway.Access.Callers;
using CodeInterpreter.Gateway.Limits;

namespace CodeInterpreter.Gateway.Access;

/// <summary>Counts calls against the limits of their callers, and checks the user that a query names.</summary>
internal sealed class CallAuthorizationMiddleware(RequestDelegate next, CallLimiter limiter, AccessRefusals refusals)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.IsOpen())
        {
            var authorization = new CallAuthorization(context, limiter, refusals);
            context.Features.Set(authorization);
            authorization.CountForCaller();
            authorization.AuthorizeUser(context.Request.Query["user_id"]);
        }

        await next(context);
    }
}
