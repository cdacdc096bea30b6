using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CodeInterpreter.ServiceDefaults.Trust;

/// <summary>
/// Makes and checks the tokens that file stores ask for: one that a gateway shows for itself, and grants, which it gives to
/// executions. Both are JSON web tokens signed with HMAC-SHA256; docs/messages.md has their claims.
/// </summary>
public sealed class TrustTokens
{
    private const string Issuer = "code-interpreter";
    private const string Audience = "file-store";
    private const string Scope = "scope";
    private const string ServiceScope = "service";
    private const string ExecutionScope = "execution";
    private const string ExecutionId = "execution_id";
    private const string InputFiles = "input_files";
    private const string MaxFiles = "max_files";
    private const string MaxBytes = "max_bytes";

    private static readonly TimeSpan ServiceTokenLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ServiceTokenRenewal = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };
    private readonly TimeProvider _time;
    private readonly SigningCredentials? _credentials;
    private readonly TokenValidationParameters? _parameters;
    private readonly SecretKeys? _keys;
    private ServiceToken _serviceToken = new("", DateTimeOffset.MinValue);

    /// <summary>With the keys that the options have, if any.</summary>
    public TrustTokens(IOptions<TrustOptions> options, TimeProvider time)
    {
        _time = time;
        if (SecretKeys.Read(options.Value) is not { } keys)
            return;
        _keys = keys;
        _credentials = new SigningCredentials(new SymmetricSecurityKey(keys.Key), SecurityAlgorithms.HmacSha256);
        _parameters = new TokenValidationParameters
        {
            IssuerSigningKeys = [.. keys.Accepted.Select(key => new SymmetricSecurityKey(key))],
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            RequireExpirationTime = true,
            LifetimeValidator = (_, expires, _, _) => expires > _time.GetUtcNow().UtcDateTime - ClockSkew,
        };
    }

    /// <summary>Whether there is a key: without one nothing is signed and nothing is asked for.</summary>
    public bool IsOn => _credentials is not null;

    /// <summary>
    /// What a gateway shows for itself; null without a key. It is good for some minutes, so it is asked for at each call.
    /// </summary>
    public string? ForService()
    {
        var now = _time.GetUtcNow();
        if (_credentials is null)
            return null;
        var token = _serviceToken;
        if (token.RenewAt <= now)
        {
            var text = Create(new() { [Scope] = ServiceScope }, now + ServiceTokenLifetime);
            _serviceToken = token = new ServiceToken(text, now + ServiceTokenRenewal);
        }

        return token.Text;
    }

    /// <summary>What an execution shows; null without a key.</summary>
    public string? ForExecution(ExecutionGrant grant) =>
        _credentials is null
            ? null
            : Create(
                new()
                {
                    [Scope] = ExecutionScope,
                    [JwtRegisteredClaimNames.Sub] = grant.UserId,
                    [ExecutionId] = grant.ExecutionId,
                    [InputFiles] = grant.InputFileIds,
                    [MaxFiles] = grant.MaxFiles,
                    [MaxBytes] = grant.MaxBytes,
                },
                grant.ExpiresAt
            );

    /// <summary>
    /// Proves that its holder received the execution; null without a key. It is the same each time, so that nothing has to be stored, and
    /// valid for no other execution.
    /// </summary>
    public string? ProofOf(string userId, string executionId) => Sign(ProofText(userId, executionId));

    /// <summary>Whether it proves that; always true without a key.</summary>
    public bool IsProof(string? proof, string userId, string executionId) => IsSigned(proof, ProofText(userId, executionId));

    /// <summary>
    /// What shows that a holder of the key has published this message; null without a key. It covers each byte, so that it is of no use for
    /// a message that differs in any field.
    /// </summary>
    public string? SealOf(string contentType, ReadOnlySpan<byte> body) => _keys is null ? null : Sign(SealText(contentType, body));

    /// <summary>Whether a holder of the key has published that message; always so without a key.</summary>
    public bool IsSeal(string? seal, string contentType, ReadOnlySpan<byte> body) =>
        _keys is null || IsSigned(seal, SealText(contentType, body));

    /// <summary>Checks what a caller showed. A trusted token without a grant is that of a service, which may do everything.</summary>
    public async Task<(TrustVerdict Verdict, ExecutionGrant? Grant)> CheckAsync(string? token)
    {
        if (_parameters is null)
            return (TrustVerdict.Trusted, null);
        if (string.IsNullOrEmpty(token))
            return (TrustVerdict.Missing, null);

        var result = await _handler.ValidateTokenAsync(token, _parameters);
        if (result is { IsValid: true, SecurityToken: JsonWebToken trusted })
        {
            return trusted.TryGetPayloadValue<string>(Scope, out var scope) && scope == ServiceScope ? (TrustVerdict.Trusted, null)
                : ReadGrant(trusted) is { } grant ? (TrustVerdict.Trusted, grant)
                : (TrustVerdict.Forged, null);
        }

        return (result.Exception is SecurityTokenInvalidLifetimeException ? TrustVerdict.Expired : TrustVerdict.Forged, null);
    }

    private static string ProofText(string userId, string executionId) => $"execution-events\n{userId}\n{executionId}";

    private static string SealText(string contentType, ReadOnlySpan<byte> body) =>
        $"execute-code\n{contentType}\n{Convert.ToHexStringLower(SHA256.HashData(body))}";

    private string? Sign(string text) => _keys is null ? null : Sign(_keys.Key, text);

    private static string Sign(byte[] key, string text) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    private bool IsSigned(string? shown, string text) => _keys is null || _keys.Accepted.Any(key => IsSame(shown, Sign(key, text)));

    private static bool IsSame(string? shown, string expected) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(shown.AsSpan()), MemoryMarshal.AsBytes(expected.AsSpan()));

    // What is missing in a grant grants nothing.
    private static ExecutionGrant? ReadGrant(JsonWebToken token) =>
        token.TryGetPayloadValue<string>(Scope, out var scope)
        && scope == ExecutionScope
        && token.TryGetPayloadValue<string>(JwtRegisteredClaimNames.Sub, out var userId)
        && token.TryGetPayloadValue<string>(ExecutionId, out var executionId)
        && token.TryGetPayloadValue<string[]>(InputFiles, out var inputs)
        && token.TryGetPayloadValue<long>(MaxFiles, out var maxFiles)
        && token.TryGetPayloadValue<long>(MaxBytes, out var maxBytes)
            ? new ExecutionGrant(userId, executionId, inputs, maxFiles, maxBytes, token.ValidTo)
            : null;

    private string Create(Dictionary<string, object> claims, DateTimeOffset expires) =>
        _handler.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Issuer,
                Audience = Audience,
                Claims = claims,
                Expires = expires.UtcDateTime,
                SigningCredentials = _credentials,
            }
        );

    private sealed record ServiceToken(string Text, DateTimeOffset RenewAt);
}
