using CodeInterpreter.Gateway.Access.Callers;
using CodeInterpreter.Gateway.Access.Keys;
using CodeInterpreter.Gateway.Access.Tokens;
using CodeInterpreter.Gateway.Audit;
using CodeInterpreter.Gateway.Limits;
using CodeInterpreter.Gateway.Limits.Sharing;
using CodeInterpreter.ServiceDefaults.Databases;
using CodeInterpreter.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Access;

/// <summary>Adds access control to the gateway, for HTTP and gRPC alike.</summary>
internal static class AccessExtensions
{
    /// <summary>Name of the authentication scheme that forwards to the one for the credentials of a call.</summary>
    public const string SchemeName = "Access";

    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>();
        services.AddSettings<AccessOptions>(AccessOptions.Section).ValidateOnStart();
        services.AddSingleton<AccessInstruments>();
        services.AddSingleton<AccessRefusals>();
        services.AddSingleton<AuditLog>();
        services.AddLimits();
        services.AddGatewayAuthentication();
        services.AddGatewayAuthorization();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigurationLoader?.Endpoint(ManagementEndpoint.Name, endpoint => ManagementEndpoint.Mark(endpoint.ListenOptions));
            var access = kestrel.ApplicationServices.GetRequiredService<IOptions<AccessOptions>>().Value;
            if (access.Mode == AccessMode.Loopback && !access.IsPublishedOnLoopback)
                Loopback.Require(kestrel);
        });
    }

    /// <summary>
    /// Refuses calls without valid credentials where they are required. An endpoint is open only if it says so with
    /// <see cref="IAllowAnonymous"/>.
    /// </summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseAuthorization();
        app.UseMiddleware<CallAuthorizationMiddleware>();
    }

    private static void AddLimits(this IServiceCollection services)
    {
        services
            .AddSettings<LimitOptions>(LimitOptions.Section)
            .PostConfigure<IOptions<AccessOptions>>((limits, access) => limits.Complete(access.Value.Mode == AccessMode.Required))
            .ValidateOnStart();
        services.AddSingleton<CallLimiter>();
        services.AddSingleton<OtherReplicas>();
        services.AddDatabase<IUsageStore, SqliteUsageStore, MongoUsageStore>();
        services.AddHostedService<UsageExchange>();
        services.AddSingleton<LargeAnswers>();
        services.AddSingleton<LargeRequests>();
    }

    private static void AddGatewayAuthentication(this IServiceCollection services)
    {
        services.AddDatabase<IApiKeyStore, SqliteApiKeyStore, MongoApiKeyStore>();
        services.AddSingleton<ApiKeyRing>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<AccessOptions>>().Value.Jwt);
        // AddAuthentication would also add data protection, which writes keys to the home directory at each start. No scheme here uses it.
        services.AddAuthenticationCore();
        services.AddWebEncoders();
        new AuthenticationBuilder(services)
            .AddPolicyScheme(SchemeName, displayName: null, _ => { })
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, configureOptions: null)
            .AddTokens();
        services
            .AddOptions<PolicySchemeOptions>(SchemeName)
            .Configure<TokenOptions>((scheme, tokens) => scheme.ForwardDefaultSelector = context => SchemeFor(context, tokens));
    }

    private static string SchemeFor(HttpContext context, TokenOptions tokens) =>
        tokens.IsSet && !context.IsOpen() && Credentials.Of(context.Request) is { } credentials && !ApiKeyText.IsKey(credentials)
            ? TokenExtensions.SchemeName
            : ApiKeyHandler.SchemeName;

    private static void AddGatewayAuthorization(this IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationResultHandler>();
        services.AddAuthorization();
        services
            .AddOptions<AuthorizationOptions>()
            .Configure<IOptions<AccessOptions>>(
                (authorization, access) =>
                {
                    if (access.Value.Mode == AccessMode.Required)
                        authorization.FallbackPolicy = new AuthorizationPolicyBuilder(SchemeName).RequireAuthenticatedUser().Build();
                }
            );
    }
}
