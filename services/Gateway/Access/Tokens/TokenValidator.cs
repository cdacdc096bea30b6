using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Files;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CodeInterpreter.Gateway.Access.Tokens;

/// <summary>Checks tokens, and says for whom they speak.</summary>
internal sealed class TokenValidator
{
    private const string Discovery = "/.well-known/openid-configuration";

    // Public keys only: with a shared secret, whoever checks tokens could also make them.
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

    // Callers wait for that long at most when the issuer does not answer.
    private static readonly TimeSpan IssuerTimeout = TimeSpan.FromSeconds(10);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly TokenOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly TokenValidationParameters? _parameters;
    private readonly SharedQuestion<BaseConfiguration>? _issuer;

    public TokenValidator(IOptions<AccessOptions> options, TimeProvider timeProvider)
    {
        _options = options.Value.Jwt;
        _timeProvider = timeProvider;
        _parameters = _options.IsSet ? CreateParameters() : null;
        if (_parameters?.ConfigurationManager is { } issuer)
        {
            _issuer = new SharedQuestion<BaseConfiguration>(() => issuer.GetBaseConfigurationAsync(CancellationToken.None));
        }
    }

    /// <summary>The caller that the token speaks for; null when it is not good, or none are taken.</summary>
    public async Task<Caller?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (_parameters is null)
            return null;

        await RequireIssuerAsync(cancellationToken);
        var result = await _handler.ValidateTokenAsync(token, _parameters);
        return
            result.IsValid
            && result.Claims.TryGetValue(_options.UserClaim, out var value)
            && value is string userId
            && !UserIds.Validate(userId).Any()
            ? new Caller($"user/{userId}", userId)
            : null;
    }

    // The validator would take the silence of the issuer for a fault of the token.
    private async Task RequireIssuerAsync(CancellationToken cancellationToken)
    {
        if (_issuer is null)
            return;

        try
        {
            await _issuer.AskAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or HttpRequestException)
        {
            throw new GatewayException(GatewayErrorKind.Unavailable, "Tokens cannot be checked at the moment.", exception);
        }
    }

    private TokenValidationParameters CreateParameters()
    {
        var parameters = new TokenValidationParameters
        {
            ValidAlgorithms = Algorithms,
            ValidAudience = _options.Audience,
            ValidIssuer = _options.Issuer.Length > 0 ? _options.Issuer : null,
            RequireExpirationTime = true,
            LifetimeValidator = IsInItsTime,
        };
        if (_options.SigningKeyFile.Length > 0)
        {
            parameters.IssuerSigningKey = SigningKeys.Read(_options.SigningKeyFile);
        }
        else
        {
            parameters.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
                _options.Authority.TrimEnd('/') + Discovery,
                new OpenIdConnectConfigurationRetriever(),
                new HttpDocumentRetriever(new HttpClient { Timeout = IssuerTimeout })
            );
        }

        return parameters;
    }

    private bool IsInItsTime(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = _timeProvider.GetUtcNow().UtcDateTime;
        return (notBefore is null || notBefore <= now + ClockSkew) && expires > now - ClockSkew;
    }
}
