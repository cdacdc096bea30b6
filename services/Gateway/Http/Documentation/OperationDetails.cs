using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CodeInterpreter.Gateway.Http.Documentation;

/// <summary>Adds examples, by the id of the operation, and exact types of parameters, which the handlers read as text.</summary>
internal static class OperationDetails
{
    private static readonly JsonObject Examples = Read();
    private static readonly JsonObject Problems = Examples["problems"]!.AsObject();

    public static Task Add(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        AddExamples(operation);
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [];
        }

        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Schema = SchemaOf(parameter.Name) ?? parameter.Schema;
            // A form may have the user in one of its parts.
            parameter.Required |= parameter.Name == "user_id" && operation.RequestBody is null;
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema? SchemaOf(string? parameter) =>
        parameter switch
        {
            "page_size" => new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Minimum = "1",
                Maximum = "1000",
            },
            "ttl_seconds" => new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Minimum = "1",
                Maximum = "604800",
            },
            "wait_seconds" => new OpenApiSchema
            {
                Type = JsonSchemaType.Number,
                ExclusiveMinimum = "0",
                Maximum = "300",
            },
            "after" or "Last-Event-ID" => new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Format = "int64",
                Minimum = "0",
            },
            "include_data" => new OpenApiSchema { Type = JsonSchemaType.Boolean },
            _ => null,
        };

    private static void AddExamples(OpenApiOperation operation)
    {
        if (Examples[operation.OperationId ?? ""] is not JsonObject example)
        {
            return;
        }

        foreach (var media in operation.RequestBody?.Content?.Values.OfType<OpenApiMediaType>() ?? [])
        {
            media.Example = example["request"]?.DeepClone();
        }

        foreach (var (status, response) in operation.Responses ?? [])
        {
            foreach (var (type, media) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
            {
                media.Example = (example[$"{status} {type}"] ?? example[status] ?? Problems[status])?.DeepClone();
            }
        }
    }

    private static JsonObject Read()
    {
        using var stream = typeof(OperationDetails).Assembly.GetManifestResourceStream("examples.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }
}
