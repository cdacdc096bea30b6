using System.Net;
using System.Net.Http.Json;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.Gateway.Tests.Http;

namespace CodeInterpreter.Gateway.Tests.Access;

/// <summary>Pages of other origins may call the API from a browser only where the operator lists them.</summary>
public sealed class CrossOriginTests(GatewayFixture fixture)
{
    private const string Listed = "https://app.example.com";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListedOrigin_MayCall_AndReadsErrorsToo()
    {
        await using var gateway = await StartAsync();

        using var preflight = await PreflightAsync(gateway, Listed);
        using var call = await CallAsync(gateway, Listed);

        preflight.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        AllowedOrigin(preflight).ShouldBe(Listed);
        preflight.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldContain("Authorization");
        await call.ShouldRefuseAsync("code");
        AllowedOrigin(call).ShouldBe(Listed);
        call.Headers.GetValues("Access-Control-Expose-Headers").Single().ShouldContain("ETag");
        call.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://app.example.com.evil.example")]
    [InlineData("http://app.example.com")]
    [InlineData("null")]
    public async Task OtherOrigin_ChangesNothing(string origin)
    {
        await using var gateway = await StartAsync();

        using var preflight = await PreflightAsync(gateway, origin);
        using var call = await CallAsync(gateway, origin);

        AllowedOrigin(preflight).ShouldBeNull();
        await call.ShouldBeProblemAsync(403);
        AllowedOrigin(call).ShouldBeNull();
    }

    [Fact]
    public async Task WithoutTheSetting_NoOriginIsAllowed()
    {
        using var preflight = await PreflightAsync(fixture.Gateway, Listed);

        AllowedOrigin(preflight).ShouldBeNull();
    }

    private static Task<GatewayHost> StartAsync() =>
        GatewayHost.StartAsync(
            new Dictionary<string, string?>
            {
                ["Gateway:FileStoreAddress"] = $"unix:///nowhere/{Guid.NewGuid():N}.sock",
                ["Gateway:Cors:Origins:0"] = Listed,
            },
            TimeProvider.System
        );

    private static Task<HttpResponseMessage> PreflightAsync(GatewayHost gateway, string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, "/v1/executions");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        return gateway.Http.SendAsync(request, Token);
    }

    private static Task<HttpResponseMessage> CallAsync(GatewayHost gateway, string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/executions") { Content = JsonContent.Create(new { user_id = "u" }) };
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        return gateway.Http.SendAsync(request, Token);
    }

    private static string? AllowedOrigin(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Access-Control-Allow-Origin", out var origins) ? origins.Single() : null;
}
