using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace CodeInterpreter.Gateway.Access.Tokens;

/// <summary>Registers the authentication of calls with a token.</summary>
internal static class TokenExtensions
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string SchemeName = "Token";

    // Public keys only: with a shared secret, whatever verifies tokens could also issue them.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256,
        SecurityAlgorithms.RsaSha384,
        SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256,
        SecurityAlgorithms.EcdsaSha384,
        SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    // The longest time that callers wait for an issuer that does not respond.
    private static readonly TimeSpan IssuerTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Adds the framework's handler for tokens with <see cref="TokenOptions"/>. Its own extension method would also read the section
    /// <c>Authentication</c> of the configuration.
    /// </summary>
    public static AuthenticationBuilder AddTokens(this AuthenticationBuilder authentication)
    {
        var services = authentication.Services;
        services.AddSingleton<TokenEvents>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<JwtBearerOptions>, JwtBearerPostConfigureOptions>());
        services.AddOptions<JwtBearerOptions>(SchemeName).Configure<TokenOptions, TimeProvider>(Configure);
        return authentication.AddScheme<JwtBearerOptions, JwtBearerHandler>(SchemeName, configureOptions: null);
    }

    private static void Configure(JwtBearerOptions bearer, TokenOptions options, TimeProvider timeProvider)
    {
        bearer.MapInboundClaims = false;
        bearer.EventsType = typeof(TokenEvents);
        bearer.BackchannelTimeout = IssuerTimeout;
        bearer.Authority = options.Authority.Length > 0 ? options.Authority : null;
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAlgorithms = Algorithms,
            ValidAudience = options.Audience,
            ValidIssuer = options.Issuer.Length > 0 ? options.Issuer : null,
            IssuerSigningKey = options.SigningKeyFile.Length > 0 ? SigningKeys.Read(options.SigningKeyFile) : null,
            RequireExpirationTime = true,
            LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires, timeProvider.GetUtcNow().UtcDateTime),
        };
    }

    private static bool IsCurrent(DateTime? notBefore, DateTime? expires, DateTime now) =>
        (notBefore is null || notBefore <= now + ClockSkew) && expires > now - ClockSkew;
}
