using System.Net;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.Gateway.Tests.Http;

namespace CodeInterpreter.Gateway.Tests.Access;

/// <summary>Pages in a browser on this machine, where nobody is asked for a key.</summary>
public sealed class ForeignPageTests(GatewayFixture fixture)
{
    private readonly string _user = GatewayFixture.NewUser();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:8080")]
    [InlineData("localhost.evil.example")]
    [InlineData("192.0.2.1")]
    public async Task HostName_OfAnotherName_IsRefusedWithTheRemedy(string host)
    {
        using var response = await SendAsync(HttpMethod.Get, "Host", host);

        (await response.ShouldBeProblemAsync(421))["detail"]!.GetValue<string>().ShouldContain("Gateway:Access:Mode");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:9000")]
    [InlineData("127.0.0.1:8080")]
    [InlineData("[::1]:8080")]
    public async Task HostName_OfThisMachine_IsAllowed(string host)
    {
        using var response = await SendAsync(HttpMethod.Get, "Host", host);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Page_OfAnotherSite_ChangesNothing(string header, string value)
    {
        using var response = await SendAsync(HttpMethod.Delete, header, value);

        await response.ShouldBeProblemAsync(403);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Origin", "http://localhost:3000")]
    [InlineData("Origin", "http://[::1]:3000")]
    public async Task Page_OfThisMachine_MayCall(string header, string value)
    {
        using var response = await SendAsync(HttpMethod.Delete, header, value);

        response.StatusCode.ShouldNotBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task HostName_WithOtherAccessControl_IsNotChecked()
    {
        await using var gateway = await GatewayHost.StartAsync(
            new Dictionary<string, string?>
            {
                ["Gateway:FileStoreAddress"] = $"unix:///nowhere/{Guid.NewGuid():N}.sock",
                ["Gateway:Access:Mode"] = "None",
            },
            TimeProvider.System
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live") { Headers = { Host = "interpreter.example" } };

        using var response = await gateway.Http.SendAsync(request, Token);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string header, string value)
    {
        using var request = new HttpRequestMessage(method, $"/v1/files?user_id={_user}");
        request.Headers.TryAddWithoutValidation(header, value);
        return await fixture.Gateway.Http.SendAsync(request, Token);
    }
}
