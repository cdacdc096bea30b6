using CodeInterpreter.Gateway.Access.Keys;
using CodeInterpreter.Gateway.Access.Limits;
using CodeInterpreter.Gateway.Access.Tokens;
using CodeInterpreter.Gateway.Errors;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Access;

/// <summary>Lets calls in, over HTTP and gRPC alike.</summary>
internal sealed class Gatekeeper(
    IOptions<AccessOptions> options,
    ApiKeyRing keys,
    TokenValidator tokens,
    CallLimiter limiter,
    AccessInstruments instruments
)
{
    /// <summary>Finds out who calls, and whether that caller may call just now.</summary>
    /// <exception cref="GatewayException">There are no credentials, or they are not good; or the caller has called too often.</exception>
    public async Task<Admission> AdmitAsync(HttpContext context)
    {
        try
        {
            var admission = new Admission(await IdentifyAsync(context), context, limiter, instruments);
            admission.CountCall();
            context.Features.Set(admission);
            return admission;
        }
        catch (GatewayException exception) when (exception.Kind == GatewayErrorKind.Unauthenticated)
        {
            instruments.Refused(exception.Kind);
            throw;
        }
    }

    private async Task<Caller> IdentifyAsync(HttpContext context)
    {
        if (options.Value.Mode != AccessMode.Required)
        {
            return Caller.Anybody;
        }

        var credentials =
            Credentials.Of(context.Request)
            ?? throw new GatewayException(GatewayErrorKind.Unauthenticated, "An API key is needed: Authorization: Bearer ci_...");
        var caller = ApiKeyText.Read(credentials) is { } key
            ? await keys.FindAsync(key, context.RequestAborted)
            : await tokens.FindAsync(credentials, context.RequestAborted);
        return caller ?? throw new GatewayException(GatewayErrorKind.Unauthenticated, "The credentials are not valid.");
    }
}
