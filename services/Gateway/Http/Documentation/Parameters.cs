using System.Text.Json.Nodes;
using CodeInterpreter.Gateway.Http.Json;
using Microsoft.OpenApi;

namespace CodeInterpreter.Gateway.Http.Documentation;

/// <summary>The exact types of parameters, which the handlers read as text.</summary>
internal static class Parameters
{
    public static void Describe(OpenApiOperation operation)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Schema = SchemaOf(parameter) ?? parameter.Schema;
            // A form or a JSON body may have the user.
            parameter.Required |= parameter.Name == "user_id" && operation.RequestBody is null;
        }
    }

    private static OpenApiSchema? SchemaOf(OpenApiParameter parameter) =>
        parameter.Name switch
        {
            "user_id" => Text(Patterns.UserId),
            "file_id" => Text(Patterns.FileId),
            "execution_id" => Text(Patterns.ExecutionId),
            "sha256" => Text(Patterns.Sha256InAnyCase),
            "upload_id" => new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 256 },
            "package" => new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
            "source" => OneOf("uploaded", "generated"),
            "format" => OneOf("json", "text"),
            "page_size" => Whole(1, 1000),
            "ttl_seconds" => Whole(1, 604800),
            "wait_seconds" => new OpenApiSchema
            {
                Type = JsonSchemaType.Number,
                Format = "double",
                ExclusiveMinimum = "0",
                Maximum = "300",
            },
            "after" or "Last-Event-ID" or "expires" => new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Format = "int64",
                Minimum = "0",
            },
            "include_data" => new OpenApiSchema { Type = JsonSchemaType.Boolean },
            _ => null,
        };

    private static OpenApiSchema Text(string pattern) => new() { Type = JsonSchemaType.String, Pattern = pattern };

    private static OpenApiSchema Whole(int least, int most) =>
        new()
        {
            Type = JsonSchemaType.Integer,
            Format = "int32",
            Minimum = FormattableString.Invariant($"{least}"),
            Maximum = FormattableString.Invariant($"{most}"),
        };

    private static OpenApiSchema OneOf(params string[] names) =>
        new() { Type = JsonSchemaType.String, Enum = [.. names.Select(name => (JsonNode)JsonValue.Create(name))] };
}
