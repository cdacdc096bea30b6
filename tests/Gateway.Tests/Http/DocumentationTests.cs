using System.Net;
using System.Text.Json.Nodes;
using CodeInterpreter.Gateway.Tests.Environments;
using CodeInterpreter.Gateway.Tests.Hosting;
using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CodeInterpreter.Gateway.Tests.Http;

public sealed class DocumentationTests(GatewayFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_DescribesEveryEndpoint()
    {
        var endpoints = fixture
            .Gateway.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.TrimStart('/').StartsWith("v1/", StringComparison.Ordinal) == true)
            .SelectMany(endpoint =>
                endpoint
                    .Metadata.GetRequiredMetadata<HttpMethodMetadata>()
                    .HttpMethods.Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}")
            );

        var operations = Operations(await ReadDocumentAsync()).Select(operation => operation.Name);

        operations.ShouldBe(endpoints, ignoreOrder: true);
        operations.Count().ShouldBe(25);
    }

    [Fact]
    public async Task Document_EveryOperation_IsExplainedWithItsProblems()
    {
        foreach (var (name, operation) in Operations(await ReadDocumentAsync()))
        {
            operation["summary"].ShouldNotBeNull(name);
            operation["description"].ShouldNotBeNull(name);
            var responses = operation["responses"]!;
            operation["parameters"]?.AsArray().ShouldAllBe(parameter => parameter!["description"] != null);
            if (name.StartsWith("HEAD ", StringComparison.Ordinal))
                continue;
            (responses["400"] ?? responses["410"])!["content"]!["application/problem+json"]!["example"].ShouldNotBeNull(name);
        }
    }

    [Fact]
    public async Task Document_HasSecurityAndTheProblemsOfMissingCredentials()
    {
        var document = await ReadDocumentAsync();

        document["components"]!["securitySchemes"]!
            .AsObject()
            .Select(scheme => scheme.Key)
            .ShouldBe(["bearer", "apiKey"], ignoreOrder: true);
        document["security"]!.AsArray().Count.ShouldBe(2);
        foreach (var (name, operation) in Operations(document))
        {
            var isOpen = operation["security"]?.AsArray() is { Count: 0 };
            isOpen.ShouldBe(name.EndsWith("/v1/links/{file_id}", StringComparison.Ordinal), name);
            if (name.StartsWith("HEAD ", StringComparison.Ordinal))
                continue;
            foreach (var status in isOpen ? ["403"] : (string[])["401", "403", "429"])
            {
                operation["responses"]![status]?["content"]!["application/problem+json"]!["example"].ShouldNotBeNull($"{name} {status}");
            }
        }
    }

    [Fact]
    public async Task Document_NumbersAndBooleans_AreNotStrings()
    {
        var types = Operations(await ReadDocumentAsync())
            .SelectMany(operation => operation.Operation["parameters"]?.AsArray() ?? [])
            .Select(parameter => (Name: parameter!["name"]!.GetValue<string>(), Type: parameter["schema"]!["type"]!.GetValue<string>()))
            .Where(parameter => parameter.Type != "string")
            .Distinct();

        types.ShouldBe(
            [
                ("page_size", "integer"),
                ("ttl_seconds", "integer"),
                ("after", "integer"),
                ("expires", "integer"),
                ("Last-Event-ID", "integer"),
                ("wait_seconds", "number"),
                ("include_data", "boolean"),
            ],
            ignoreOrder: true
        );
    }

    [Fact]
    public async Task Document_NamesOperationsOnce_AndTheServer()
    {
        var document = await ReadDocumentAsync();

        var ids = Operations(document).Select(operation => operation.Operation["operationId"]!.GetValue<string>()).ToList();
        ids.ShouldBeUnique();
        document["servers"]!.AsArray().ShouldHaveSingleItem()!["url"]!
            .GetValue<string>()
            .ShouldBe(fixture.Gateway.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
    }

    [Fact]
    public async Task Document_SaysWhatIsAllowed()
    {
        var schemas = (await ReadDocumentAsync())["components"]!["schemas"]!;
        var request = schemas["ExecuteRequest"]!["properties"]!;

        request["user_id"]!["pattern"]!.GetValue<string>().ShouldBe("^[A-Za-z0-9_-]{1,64}$");
        request["code"]!["type"]!.GetValue<string>().ShouldBe("string", "it is required, so null is not allowed");
        request["code"]!["maxLength"]!.GetValue<int>().ShouldBe(1024 * 1024);
        request["language"]!["enum"]!
            .AsArray()
            .Select(name => name!.GetValue<string>())
            .ShouldBe(["python", "bash", "javascript", "typescript"]);
        schemas["ExecutionLimits"]!["properties"]!["wall_time_seconds"]!["maximum"]!.GetValue<int>().ShouldBe(300);
        schemas["KilledBy"]!["type"]!.GetValue<string>().ShouldBe("string");
        schemas["ExecutionEvent"]!["properties"]!["text"]!["type"]!.GetValue<string>().ShouldBe("string");
        schemas.AsObject().Select(schema => schema.Key).ShouldNotContain(name => name.EndsWith("Body") || name.StartsWith("Http"));
    }

    [Fact]
    public async Task Document_EveryFieldOfTheResult_IsExplained()
    {
        var document = await ReadDocumentAsync();

        var fields = document["components"]!["schemas"]!["ExecutionResult"]!["properties"]!.AsObject();

        fields.Count.ShouldBe(25);
        fields.ShouldAllBe(field => field.Value!.ToJsonString(null).Contains("description"));
    }

    [Fact]
    public async Task Document_ExampleOfARequest_IsAccepted()
    {
        var document = await ReadDocumentAsync();
        var example = document["paths"]!["/v1/executions"]!["post"]!["requestBody"]!["content"]!["application/json"]!["example"];

        using var response = await fixture.Gateway.Http.ExecuteAsync(example.ShouldNotBeNull());

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Document_ExampleOfAResult_HasTheFieldsOfARealOne()
    {
        var document = await ReadDocumentAsync();
        var content = document["paths"]!["/v1/executions"]!["post"]!["responses"]!["200"]!["content"]!["application/json"]!;

        using var response = await fixture.Gateway.Http.ExecuteAsync("""{ "user_id": "u", "code": "1" }""");

        var fields = (await response.ReadJsonAsync()).Select(field => field.Key);
        content["example"]!.AsObject().Select(field => field.Key).ShouldBe(fields);
    }

    [Fact]
    public async Task Document_ExamplesOfTheEnvironment_AreOfTheirTypes()
    {
        var content = (await ReadDocumentAsync())["paths"]!["/v1/environment"]!["get"]!["responses"]!["200"]!["content"]!;
        await fixture.Gateway.Services.GetRequiredService<IBus>().Publish(RunnerEnvironments.New("documented"), Token);

        using var response = await RunnerEnvironments.GetWhenKnownAsync(fixture.Gateway.Http, "/v1/environment");

        content["application/json"]!["example"]!
            .AsObject()
            .Select(field => field.Key)
            .ShouldBe((await response.ReadJsonAsync()).Select(field => field.Key));
        content["text/plain"]!["example"]!.GetValue<string>().ShouldStartWith("Code runs in a fresh Linux sandbox");
    }

    [Fact]
    public async Task DocsPage_ReferencesNothingOutside()
    {
        using var response = await fixture.Gateway.Http.GetAsync("/docs/", Token);
        var page = await response.Content.ReadAsStringAsync(Token);
        using var script = await fixture.Gateway.Http.GetAsync("/docs/scalar.js", Token);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.ShouldNotContain("//");
        script.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldNotContain("http");
    }

    [Fact]
    public async Task LandingPage_LinksToTheDocsAndShowsACommand()
    {
        var page = await fixture.Gateway.Http.GetStringAsync("/", Token);

        page.ShouldContain("href=\"docs\"");
        page.ShouldContain("href=\"v1/environment?format=text\"");
        page.ShouldContain($"curl {fixture.Gateway.Http.BaseAddress}v1/executions");
    }

    private static IEnumerable<(string Name, JsonNode Operation)> Operations(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select ($"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value!);

    private async Task<JsonObject> ReadDocumentAsync()
    {
        using var response = await fixture.Gateway.Http.GetAsync("/openapi/v1.json", Token);
        return await response.ReadJsonAsync();
    }
}
