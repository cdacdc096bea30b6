using System.Security.Claims;
using System.Text.Encodings.Web;
using CodeInterpreter.Gateway.Access.Callers;
using CodeInterpreter.Gateway.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Access.Keys;

/// <summary>Authenticates calls with an API key.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ApiKeyRing keys
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string SchemeName = "ApiKey";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // The framework authenticates calls of open endpoints, too. They must not wait for the database.
        if (Context.IsOpen() || Credentials.Of(Request) is not { } credentials)
            return AuthenticateResult.NoResult();
        if (ApiKeyText.Read(credentials) is not { } key)
            return AuthenticateResult.Fail("The credentials are not an API key.");

        try
        {
            return await keys.FindAsync(key, Context.RequestAborted) is { } caller
                ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(caller), Scheme.Name))
                : AuthenticateResult.Fail("The API key is unknown or revoked.");
        }
        catch (GatewayException exception)
        {
            return AuthenticateResult.Fail(exception);
        }
    }
}
