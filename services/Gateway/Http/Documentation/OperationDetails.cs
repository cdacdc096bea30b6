using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CodeInterpreter.Gateway.Http.Documentation;

/// <summary>Adds what the framework cannot know about an operation, and examples by its id.</summary>
internal static class OperationDetails
{
    private static readonly JsonObject Examples = Read();
    private static readonly JsonObject Problems = Examples["problems"]!.AsObject();

    public static Task Add(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        AddExamples(operation);
        Parameters.Describe(operation);
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (response is OpenApiResponse described)
                Describe(status, described);
        }

        operation.Responses ??= new OpenApiResponses();
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "Any other error.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [MediaTypeNames.Application.ProblemJson] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference("Problem", context.Document),
                },
            },
        };
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
            operation.Security = [];
        if (context.Description.HttpMethod == HttpMethods.Head)
            DescribeHead(operation);
        return Task.CompletedTask;
    }

    private static void Describe(string status, OpenApiResponse response)
    {
        if (status is "429" or "503")
        {
            response.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Retry-After"] = new OpenApiHeader
                {
                    Description = "Seconds after which the request may succeed.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1" },
                },
            };
        }

        if (response.Content is null)
            return;
        if (response.Content.TryGetValue(MediaTypeNames.Text.Plain, out var text) && text is OpenApiMediaType plain)
            plain.Schema = new OpenApiSchema { Type = JsonSchemaType.String };
        // Generated clients hand out binary content as a stream, which can be read while events arrive.
        if (response.Content.TryGetValue("text/event-stream", out var events) && events is OpenApiMediaType stream)
        {
            stream.Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Format = "binary",
                Description = "Server-sent events. `data` of each is an ExecutionEvent in JSON.",
            };
        }
    }

    /// <summary>The same endpoint as GET, under an id of its own and without bodies.</summary>
    private static void DescribeHead(OpenApiOperation operation)
    {
        operation.OperationId += "Headers";
        operation.Summary += " (headers only)";
        foreach (var response in operation.Responses?.Values.OfType<OpenApiResponse>() ?? [])
            response.Content = null;
    }

    private static void AddExamples(OpenApiOperation operation)
    {
        if (Examples[operation.OperationId ?? ""] is not JsonObject example)
            return;

        foreach (var media in operation.RequestBody?.Content?.Values.OfType<OpenApiMediaType>() ?? [])
            media.Example = example["request"]?.DeepClone();

        foreach (var (status, response) in operation.Responses ?? [])
        {
            foreach (var (type, media) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
                media.Example = (example[$"{status} {type}"] ?? example[status] ?? Problems[status])?.DeepClone();
        }
    }

    private static JsonObject Read()
    {
        using var stream = typeof(OperationDetails).Assembly.GetManifestResourceStream("examples.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }
}
