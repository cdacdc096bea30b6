using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CodeInterpreter.Gateway.Http.Documentation;

/// <summary>Adds what types and attributes don't say: examples, by the operation's id, and exact parameters.</summary>
internal static class OperationDetails
{
    private static readonly JsonObject Examples = Read();
    private static readonly JsonObject Problems = Examples["problems"]!.AsObject();

    public static Task Add(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        AddExamples(operation);
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [];
        }

        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (parameter.Name == "page_size")
            {
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "1000" };
            }

            if (parameter.Name == "ttl_seconds")
            {
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "604800" };
            }

            // A form may have it inside.
            parameter.Required |= parameter.Name == "user_id" && operation.RequestBody is null;
        }

        return Task.CompletedTask;
    }

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
            foreach (var media in response.Content?.Values.OfType<OpenApiMediaType>() ?? [])
            {
                media.Example = (example[status] ?? Problems[status])?.DeepClone();
            }
        }
    }

    private static JsonObject Read()
    {
        using var stream = typeof(OperationDetails).Assembly.GetManifestResourceStream("examples.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }
}
