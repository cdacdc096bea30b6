using System.Security.Claims;
using CodeInterpreter.Gateway.Access.Callers;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Files;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CodeInterpreter.Gateway.Access.Tokens;

/// <summary>What the gateway adds to the framework's authentication with tokens.</summary>
internal sealed class TokenEvents(TokenOptions options, IOptionsMonitor<JwtBearerOptions> bearer) : JwtBearerEvents
{
    private readonly SingleFlight<OpenIdConnectConfiguration> _issuer = new(() =>
        bearer.Get(TokenExtensions.SchemeName).ConfigurationManager!.GetConfigurationAsync(CancellationToken.None)
    );

    public override async Task MessageReceived(MessageReceivedContext context)
    {
        context.Token = Credentials.Of(context.Request);
        if (context.Token is null)
            context.NoResult();
        else if (context.Options.ConfigurationManager is not null)
            await RequireIssuerAsync(context);
    }

    public override Task TokenValidated(TokenValidatedContext context)
    {
        if (
            context.Principal?.FindAll(options.UserClaim).ToList() is [{ ValueType: ClaimValueTypes.String } claim]
            && IsUserId(claim.Value)
        )
            context.Principal = new ClaimsPrincipal(new Caller(context.Scheme.Name, $"user/{claim.Value}", claim.Value));
        else
            context.Fail("The token does not name a user.");
        return Task.CompletedTask;
    }

    // The handler would reject the token if the issuer does not respond.
    private async Task RequireIssuerAsync(MessageReceivedContext context)
    {
        try
        {
            await _issuer.GetAsync(context.HttpContext.RequestAborted);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or HttpRequestException)
        {
            context.Fail(new GatewayException(GatewayErrorKind.Unavailable, "Tokens cannot be checked at the moment.", exception));
        }
        catch (OperationCanceledException exception) when (context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            // The handler would log an error.
            context.Fail(exception);
        }
    }

    private static bool IsUserId(string value) => !UserIds.Validate(value).Any();
}
