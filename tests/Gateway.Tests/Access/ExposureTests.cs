using System.Net;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.ServiceDefaults.Hosting;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Tests.Access;

/// <summary>Where the gateway listens, and what it serves there.</summary>
public sealed class ExposureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://*:0")]
    [InlineData("http://a-name-of-this-host:0")]
    public async Task Start_ReachableFromElsewhere_IsRefusedWithTheRemedy(string url)
    {
        var exception = await Should.ThrowAsync<StartRefusedException>(() => StartAsync(url, mode: null));

        exception.Message.ShouldContain("Gateway:Access:Mode");
        exception.Message.ShouldContain("keys create");
    }

    [Theory]
    [InlineData("http://127.0.0.1:0", null)]
    [InlineData("http://127.0.0.2:0", "Loopback")]
    [InlineData("http://*:0", "Required")]
    [InlineData("http://*:0", "None")]
    public async Task Start_ReachableAndAllowed_Succeeds(string url, string? mode)
    {
        await using var gateway = await StartAsync(url, mode);

        gateway.Addresses.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("localhost")]
    public async Task PublishedOnTheLoopback_ListensEverywhereAndRefusesForeignPages(string published)
    {
        await using var gateway = await StartAsync("http://*:0", "Loopback", published: published);
        var everywhere = new UriBuilder(gateway.Addresses[2]) { Host = "127.0.0.1" }.Uri;
        using var byAnotherName = new HttpRequestMessage(HttpMethod.Get, new Uri(everywhere, "/v1/files?user_id=u"));
        byAnotherName.Headers.Host = "evil.example";
        using var byAPage = new HttpRequestMessage(HttpMethod.Post, new Uri(everywhere, "/v1/executions"));
        byAPage.Headers.Add("Origin", "https://evil.example");

        using var misdirected = await gateway.Http.SendAsync(byAnotherName, Token);
        using var forbidden = await gateway.Http.SendAsync(byAPage, Token);

        ((int)misdirected.StatusCode).ShouldBe(421);
        forbidden.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(gateway, everywhere, "/")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(gateway, everywhere, "/metrics")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task PublishedElsewhere_WithoutKeys_IsRefusedWithTheRemedy()
    {
        var exception = await Should.ThrowAsync<OptionsValidationException>(() =>
            StartAsync("http://*:0", "Loopback", published: "0.0.0.0")
        );

        exception.Message.ShouldContain("Gateway:Access:PublishedOn");
        exception.Message.ShouldContain("keys create");
    }

    [Theory]
    [InlineData("Loopback", HttpStatusCode.OK)]
    [InlineData("None", HttpStatusCode.NotFound)]
    [InlineData("Required", HttpStatusCode.NotFound)]
    public async Task Metrics_FromAnotherMachine_AreRefused(string mode, HttpStatusCode expected)
    {
        await using var gateway = await StartAsync("http://127.0.0.1:0", mode);

        (await StatusAsync(gateway, gateway.Http.BaseAddress!, "/metrics")).ShouldBe(expected);
    }

    [Fact]
    public async Task ManagementEndpoint_HasOnlyMetricsAndHealth()
    {
        await using var gateway = await StartAsync("http://127.0.0.1:0", "None", name: "Management");
        var management = gateway.Addresses[2];

        (await StatusAsync(gateway, management, "/metrics")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(gateway, management, "/health/live")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(gateway, management, "/v1/files?user_id=u")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(gateway, management, "/")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(gateway, gateway.Http.BaseAddress!, "/metrics")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(gateway, gateway.Http.BaseAddress!, "/")).ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> StatusAsync(GatewayHost gateway, Uri address, string path)
    {
        using var response = await gateway.Http.GetAsync(new Uri(address, path), Token);
        return response.StatusCode;
    }

    private static Task<GatewayHost> StartAsync(string url, string? mode, string name = "Another", string? published = null) =>
        GatewayHost.StartAsync(
            new Dictionary<string, string?>
            {
                ["Gateway:FileStoreAddress"] = $"unix:///nowhere/{Guid.NewGuid():N}.sock",
                ["Gateway:Access:Mode"] = mode,
                ["Gateway:Access:PublishedOn"] = published,
                [$"Kestrel:Endpoints:{name}:Url"] = url,
            },
            TimeProvider.System
        );
}
