using System.Net.Http.Json;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Tests.Hosting;
using NJsonSchema;
using NSwag;

namespace CodeInterpreter.Gateway.Tests.Api;

/// <summary>Streams are text for the document, so their events are compared with its schema here.</summary>
public sealed class EventSchemaTests(GatewayFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryEvent_IsAsDescribed()
    {
        var code = fixture.Gateway.Runner.Add(async context =>
        {
            await RunnerScript.StartAsync(context);
            await RunnerScript.PrintAsync(context, 3, "a");
            await RunnerScript.PrintAsync(context, 4, "b", OutputKind.Stderr);
            await RunnerScript.FinishAsync(context, RunnerScript.Succeeded("a"), 5);
        });
        var json = await fixture.Gateway.Http.GetStringAsync("/openapi/v1.json", Token);
        var schema = (await OpenApiDocument.FromJsonAsync(json, Token)).Components.Schemas["ExecutionEvent"];

        using var response = await fixture.Gateway.Http.PostAsync(
            "/v1/executions/stream",
            JsonContent.Create(new { user_id = GatewayFixture.NewUser(), code }),
            Token
        );

        var events = (await response.Content.ReadAsStringAsync(Token))
            .Split('\n')
            .Where(line => line.StartsWith("data: ", StringComparison.Ordinal))
            .Select(line => line["data: ".Length..])
            .ToList();
        events.Count.ShouldBeGreaterThanOrEqualTo(5);
        foreach (var told in events)
            schema.Validate(told, SchemaType.OpenApi3).ShouldBeEmpty(told);
    }
}
