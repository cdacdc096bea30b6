using System.Security.Claims;
using System.Security.Cryptography;
using CodeInterpreter.Gateway.Access;
using CodeInterpreter.Gateway.Access.Callers;
using CodeInterpreter.Gateway.Access.Tokens;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.Gateway.Tests.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CodeInterpreter.Gateway.Tests.Access.Tokens;

public sealed class TokenTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TestDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(Now);
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _rsa.Dispose();
        _ec.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Token_Valid_ActsForTheUserOfItsClaim()
    {
        (await FindAsync(Make())).ShouldNotBeNull().UserId.ShouldBe("alice");
        (await FindAsync(Make(claim: "uid"), options => options.UserClaim = "uid")).ShouldNotBeNull().UserId.ShouldBe("alice");
        (
            await FindAsync(
                Make(credentials: new(new ECDsaSecurityKey(_ec), SecurityAlgorithms.EcdsaSha256)),
                options => options.SigningKeyFile = Write(_ec.ExportSubjectPublicKeyInfoPem())
            )
        )
            .ShouldNotBeNull()
            .UserId.ShouldBe("alice");
    }

    [Fact]
    public async Task Token_Invalid_IsRefused()
    {
        using var foreign = RSA.Create(2048);
        var secret = new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem()));
        var unsigned = new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = "issuer",
                Audience = "gateway",
                Expires = Now.AddHours(1).UtcDateTime,
                NotBefore = Now.UtcDateTime,
                Subject = new ClaimsIdentity([new Claim("sub", "alice")]),
            }
        );
        var refused = new Dictionary<string, string>
        {
            ["another key"] = Make(credentials: new(new RsaSecurityKey(foreign), SecurityAlgorithms.RsaSha256)),
            ["public key as secret"] = Make(credentials: new(secret, SecurityAlgorithms.HmacSha256)),
            ["not signed"] = unsigned,
            ["changed"] = Make()[..^4] + "AAAA",
            ["another audience"] = Make(audience: "another"),
            ["another issuer"] = Make(issuer: "another"),
            ["another claim"] = Make(claim: "uid"),
            ["no user id"] = Make(user: "alice/bob"),
            ["no token"] = "nonsense",
        };

        foreach (var (why, token) in refused)
        {
            (await FindAsync(token)).ShouldBeNull(why);
        }
    }

    [Fact]
    public async Task Token_OutsideItsLifetime_IsRefused()
    {
        var token = Make();
        _time.Advance(TimeSpan.FromHours(1));
        (await FindAsync(token)).ShouldNotBeNull("Clocks differ a little.");
        _time.Advance(TimeSpan.FromSeconds(31));

        (await FindAsync(token)).ShouldBeNull();
        (await FindAsync(Make(begin: _time.GetUtcNow().AddMinutes(1)))).ShouldBeNull();
    }

    [Fact]
    public async Task Token_IssuerUnavailable_IsUnavailableNotRefused()
    {
        var exception = await Should.ThrowAsync<GatewayException>(() =>
            FindAsync(
                Make(),
                options =>
                {
                    options.SigningKeyFile = "";
                    options.Authority = "https://127.0.0.1:1/";
                }
            )
        );

        exception.Kind.ShouldBe(GatewayErrorKind.Unavailable);
    }

    [Fact]
    public async Task Token_OverHttp_ActsForItsUserOnly()
    {
        await using var gateway = await GatewayHost.StartAsync(
            new Dictionary<string, string?>
            {
                ["Gateway:FileStoreAddress"] = $"unix:///nowhere/{Guid.NewGuid():N}.sock",
                ["Gateway:Access:Mode"] = "Required",
                ["Gateway:Access:Jwt:SigningKeyFile"] = Write(_rsa.ExportSubjectPublicKeyInfoPem()),
                ["Gateway:Access:Jwt:Issuer"] = "issuer",
                ["Gateway:Access:Jwt:Audience"] = "gateway",
            },
            TimeProvider.System
        );
        gateway.Http.DefaultRequestHeaders.Authorization = new("Bearer", Make(begin: DateTimeOffset.UtcNow));

        using var own = await gateway.Http.GetAsync("/v1/executions?user_id=alice", Token);
        using var foreign = await gateway.Http.GetAsync("/v1/executions?user_id=bob", Token);

        own.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        await foreign.ShouldBeProblemAsync(403);
    }

    [Theory]
    [InlineData("SigningKeyFile", "/nowhere")]
    [InlineData("SigningKeyFile", "")]
    [InlineData("Authority", "https://issuer/")]
    [InlineData("Audience", "")]
    [InlineData("Issuer", "")]
    [InlineData("UserClaim", "")]
    public void Settings_ThatAdmitUnexpectedCallers_AreRefused(string option, string value)
    {
        var options = new AccessOptions { Mode = AccessMode.Required, Jwt = Options() };
        new AccessOptionsValidator().Validate(null, options).Failed.ShouldBeFalse();

        typeof(TokenOptions).GetProperty(option)!.SetValue(options.Jwt, value);

        new AccessOptionsValidator().Validate(null, options).FailureMessage.ShouldNotBeNull().ShouldContain("Gateway:Access:Jwt:");
    }

    private TokenOptions Options() =>
        new()
        {
            SigningKeyFile = Write(_rsa.ExportSubjectPublicKeyInfoPem()),
            Issuer = "issuer",
            Audience = "gateway",
        };

    private async Task<Caller?> FindAsync(string token, Action<TokenOptions>? change = null)
    {
        var jwt = Options();
        change?.Invoke(jwt);
        var services = new ServiceCollection();
        services.AddLogging().AddWebEncoders().AddAuthenticationCore();
        services.AddSingleton<TimeProvider>(_time).AddSingleton(jwt);
        new AuthenticationBuilder(services).AddTokens();
        await using var provider = services.BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = provider, RequestAborted = Token };
        context.Request.Headers.Authorization = $"Bearer {token}";

        var result = await context.AuthenticateAsync(TokenExtensions.SchemeName);

        return result.Failure is GatewayException exception ? throw exception : result.Principal?.Identity as Caller;
    }

    private string Write(string pem)
    {
        var path = Path.Combine(_directory.Path, $"{Guid.NewGuid():N}.pem");
        System.IO.File.WriteAllText(path, pem);
        return path;
    }

    private string Make(
        string user = "alice",
        string claim = "sub",
        string audience = "gateway",
        string issuer = "issuer",
        DateTimeOffset? begin = null,
        SigningCredentials? credentials = null
    ) =>
        new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = issuer,
                Audience = audience,
                NotBefore = (begin ?? Now).UtcDateTime,
                IssuedAt = (begin ?? Now).UtcDateTime,
                Expires = (begin ?? Now).AddHours(1).UtcDateTime,
                Subject = new ClaimsIdentity([new Claim(claim, user)]),
                SigningCredentials = credentials ?? new(new RsaSecurityKey(_rsa), SecurityAlgorithms.RsaSha256),
            }
        );
}
