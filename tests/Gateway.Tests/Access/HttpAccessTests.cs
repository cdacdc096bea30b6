using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.Gateway.Access.Keys;
using CodeInterpreter.Gateway.Tests.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CodeInterpreter.Gateway.Tests.Access;

public sealed class HttpAccessTests(RequiredAccessFixture fixture) : IClassFixture<RequiredAccessFixture>
{
    private const string Stranger = "mallory";

    private static readonly string[] TakeCode =
    [
        "/v1/executions",
        "/v1/executions/stream",
        "/v1/executions/submit",
        "/v1/executions/interactive",
    ];

    [Theory]
    [InlineData(null, "Bearer")]
    [InlineData("Basic YTpi", "Bearer")]
    [InlineData("Bearer ", "Bearer")]
    [InlineData("Bearer nonsense", "Bearer error=\"invalid_token\"")]
    [InlineData(
        "Bearer ci_0123456789abcdef_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "Bearer error=\"invalid_token\""
    )]
    public async Task Call_WithoutAValidKey_IsRefused(string? credentials, string challenge)
    {
        foreach (var (method, path) in Operations())
        {
            using var response = await fixture.SendAsync(method, path, credentials);

            await ShouldBeRefusedAsync(response, method, 401);
            response.Headers.WwwAuthenticate.ToString().ShouldBe(challenge, $"{method} {path}");
        }

        using var unknown = await fixture.SendAsync(HttpMethod.Get, "/V1/nothing/there", credentials);
        await unknown.ShouldBeProblemAsync(401);
    }

    [Fact]
    public async Task Call_WithAKeyOfAnotherUser_IsForbidden()
    {
        foreach (var (method, path) in Operations())
        {
            // Code comes with its user in the body, all else in the query.
            using var content = method == HttpMethod.Post && TakeCode.Contains(path) ? Code(Stranger) : null;
            var query = content is null ? $"?user_id={Stranger}" : "";
            using var response = await fixture.SendAsync(method, path + query, RequiredAccessFixture.Bearer(fixture.BoundKey), content);

            var answer = await ShouldBeRefusedAsync(response, method, 403);
            answer.ShouldNotContain(RequiredAccessFixture.User);
        }
    }

    [Fact]
    public async Task WithAKeyOfOneUser_DataOfAnotherAreNotDeleted()
    {
        using var response = await fixture.SendAsync(
            HttpMethod.Delete,
            $"/v1/users/{Stranger}",
            RequiredAccessFixture.Bearer(fixture.BoundKey)
        );

        await response.ShouldBeProblemAsync(403);
    }

    [Fact]
    public async Task Upload_FormWithAnotherUser_IsForbiddenAndStoresNothing()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Stranger), "user_id" },
            { new ByteArrayContent([1]), "file", "a.txt" },
        };

        using var response = await fixture.SendAsync(HttpMethod.Post, "/v1/files", RequiredAccessFixture.Bearer(fixture.BoundKey), form);
        using var listed = await fixture.SendAsync(
            HttpMethod.Get,
            $"/v1/files?user_id={Stranger}",
            RequiredAccessFixture.Bearer(fixture.AnyKey)
        );

        await response.ShouldBeProblemAsync(403);
        (await listed.ReadJsonAsync())["files"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("authorization", "bearer ")]
    [InlineData("X-Api-Key", "")]
    public async Task Call_WithItsKey_IsServed(string header, string prefix)
    {
        foreach (var key in (ApiKeyText[])[fixture.AnyKey, fixture.BoundKey])
        {
            using var executed = await fixture.SendAsync(
                HttpMethod.Post,
                "/v1/executions",
                prefix + key.Text,
                Code(RequiredAccessFixture.User),
                header
            );
            using var listed = await fixture.SendAsync(
                HttpMethod.Get,
                $"/v1/executions?user_id={RequiredAccessFixture.User}",
                prefix + key.Text,
                header: header
            );

            executed.StatusCode.ShouldBe(HttpStatusCode.OK);
            listed.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/docs/")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Documentation_WithoutAKey_IsServed(string path)
    {
        using var response = await fixture.SendAsync(HttpMethod.Get, path, credentials: null);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Metrics_OnThePublicPort_AreNotServed()
    {
        using var response = await fixture.SendAsync(HttpMethod.Get, "/metrics", RequiredAccessFixture.Bearer(fixture.AnyKey));

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Log_HasNoKeys()
    {
        using var accepted = await fixture.SendAsync(
            HttpMethod.Post,
            "/v1/executions",
            RequiredAccessFixture.Bearer(fixture.AnyKey),
            Code("u")
        );
        using var forbidden = await fixture.SendAsync(
            HttpMethod.Get,
            "/v1/files?user_id=u",
            RequiredAccessFixture.Bearer(fixture.BoundKey)
        );
        using var forged = await fixture.SendAsync(
            HttpMethod.Get,
            "/v1/files?user_id=u",
            RequiredAccessFixture.Bearer(fixture.AnyKey) + "0"
        );

        var log = string.Join(
            '\n',
            fixture
                .Log.Collector.GetSnapshot()
                .Select(record =>
                    $"{record.Message} {record.Exception} {string.Join(' ', record.StructuredState ?? [])} "
                    + $"{string.Join(' ', record.Scopes)}"
                )
        );
        log.ShouldContain("Accepted with");
        log.ShouldNotContain(fixture.AnyKey.Text);
        log.ShouldNotContain(fixture.AnyKey.Text[^64..]);
        log.ShouldNotContain(fixture.BoundKey.Text[^64..]);
    }

    // An answer to HEAD has no body.
    private static async Task<string> ShouldBeRefusedAsync(HttpResponseMessage response, HttpMethod method, int status)
    {
        ((int)response.StatusCode).ShouldBe(status);
        return method == HttpMethod.Head ? "" : (await response.ShouldBeProblemAsync(status)).ToJsonString();
    }

    private static JsonContent Code(string userId) => JsonContent.Create(new JsonObject { ["user_id"] = userId, ["code"] = "1" });

    /// <summary>All of the API, so that what comes to it later is not forgotten.</summary>
    private List<(HttpMethod Method, string Path)> Operations()
    {
        var operations = fixture
            .Gateway.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.TrimStart('/').StartsWith("v1/", StringComparison.Ordinal) == true)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .SelectMany(endpoint =>
                endpoint
                    .Metadata.GetRequiredMetadata<HttpMethodMetadata>()
                    .HttpMethods.Select(method =>
                        (
                            new HttpMethod(method),
                            "/"
                                + endpoint
                                    .RoutePattern.RawText!.Trim('/')
                                    .Replace("{", "", StringComparison.Ordinal)
                                    .Replace("}", "", StringComparison.Ordinal)
                        )
                    )
            )
            .ToList();
        operations.Count.ShouldBeGreaterThanOrEqualTo(15);
        return operations;
    }
}
