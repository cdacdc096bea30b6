using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CodeInterpreter.Gateway.Tests.Access;

/// <summary>What a gateway that requires credentials serves without them. The endpoints are those of the running gateway.</summary>
public sealed partial class EveryEndpointTests(RequiredAccessFixture fixture) : IClassFixture<RequiredAccessFixture>
{
    /// <summary>Documentation, health, reflection, and links, which have a signature. Metrics are not found at this address.</summary>
    private static readonly string[] Open =
    [
        "/",
        "/docs/favicon.svg",
        "/docs/scalar.aspnetcore.js",
        "/docs/scalar.js",
        "/docs/{documentName?}",
        "/grpc.health.v1.Health/Check",
        "/grpc.health.v1.Health/Watch",
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        "/health/live",
        "/health/ready",
        "/metrics",
        "/openapi/{documentName}.json",
        "/v1/links/{file_id}",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer nonsense")]
    [InlineData("Bearer ci_0123456789abcdef_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public async Task Call_WithoutValidCredentials_IsRefusedExceptAtOpenEndpoints(string? credentials)
    {
        var endpoints = fixture
            .Gateway.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .ToList();
        var served = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints)
        {
            if (!await IsRefusedAsync(endpoint, credentials))
                served.Add("/" + endpoint.RoutePattern.RawText!.TrimStart('/'));
        }

        endpoints.Count.ShouldBeGreaterThan(Open.Length);
        served.ShouldBe(Open);
    }

    private async Task<bool> IsRefusedAsync(RouteEndpoint endpoint, string? credentials)
    {
        var isGrpc = endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is not null;
        using var request = isGrpc ? GrpcRequest(endpoint) : HttpRequest(endpoint);
        if (credentials is not null)
            request.Headers.TryAddWithoutValidation("Authorization", credentials).ShouldBeTrue();
        using var response = await fixture.Gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        return isGrpc
            ? response.Headers.TryGetValues("grpc-status", out var status) && status.Single() == $"{(int)StatusCode.Unauthenticated}"
            : response.StatusCode == HttpStatusCode.Unauthorized;
    }

    private HttpRequestMessage GrpcRequest(RouteEndpoint endpoint)
    {
        var content = new ByteArrayContent([]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        return new HttpRequestMessage(HttpMethod.Post, new Uri(fixture.Gateway.Addresses[1], PathTo(endpoint)))
        {
            Content = content,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    private static HttpRequestMessage HttpRequest(RouteEndpoint endpoint)
    {
        var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET";
        return new HttpRequestMessage(new HttpMethod(method), PathTo(endpoint));
    }

    private static string PathTo(RouteEndpoint endpoint) => "/" + Parameter().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "v1");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
