using System.Runtime.ExceptionServices;
using CodeInterpreter.Gateway.Access.Callers;
using CodeInterpreter.Gateway.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace CodeInterpreter.Gateway.Access;

/// <summary>Turns failed authentication into an error, which HTTP and gRPC each report in their own way.</summary>
internal sealed class AuthorizationResultHandler(AccessRefusals refusals) : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(
        RequestDelegate next,
        HttpContext context,
        AuthorizationPolicy policy,
        PolicyAuthorizationResult authorizeResult
    )
    {
        if (!authorizeResult.Succeeded)
            await RefuseAsync(context);
        await next(context);
    }

    private async Task RefuseAsync(HttpContext context)
    {
        // The handler of the scheme remembers its result.
        var failure = (await context.AuthenticateAsync(AccessExtensions.SchemeName)).Failure;
        context.RequestAborted.ThrowIfCancellationRequested();
        if (failure is GatewayException { Kind: not GatewayErrorKind.Unauthenticated })
            ExceptionDispatchInfo.Throw(failure);

        refusals.Add(context, GatewayErrorKind.Unauthenticated, callerId: "", userId: null);
        if (failure is GatewayException)
            ExceptionDispatchInfo.Throw(failure);
        throw new GatewayException(
            GatewayErrorKind.Unauthenticated,
            Credentials.Of(context.Request) is null
                ? "An API key is needed: Authorization: Bearer ci_..."
                : "The credentials are not valid."
        );
    }
}
