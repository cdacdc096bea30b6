using System.Text.Json.Serialization.Metadata;
using CodeInterpreter.Gateway.Http.Executions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CodeInterpreter.Gateway.Http.Documentation;

/// <summary>The schemas of the document.</summary>
internal static class Schemas
{
    private const string Suffix = "Body";

    /// <summary>The name of the type without its suffix.</summary>
    public static string? NameOf(JsonTypeInfo type)
    {
        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        return name?.EndsWith(Suffix, StringComparison.Ordinal) == true ? name[..^Suffix.Length] : name;
    }

    /// <summary>Requests with unknown fields are refused; responses may get more fields in later versions.</summary>
    public static Task AllowMoreFields(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(UserFileBody))
            DescribeUserFile(schema);
        schema.AdditionalPropertiesAllowed = type != typeof(ExecuteBody) && type != typeof(ExecutionLimitsBody);
        return Task.CompletedTask;
    }

    /// <summary>A converter reads the type, so that the framework cannot describe it.</summary>
    private static void DescribeUserFile(OpenApiSchema schema) =>
        schema.OneOf = [
            new OpenApiSchema { Type = JsonSchemaType.String, Description = "The file's id; it keeps its own name." },
            new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = new HashSet<string> { "file_id" },
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["file_id"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The file's id." },
                    ["filename"] = new OpenApiSchema
                    {
                        Type = JsonSchemaType.String,
                        Description = "Path relative to the working directory, with / between folders; the file's own name by default.",
                    },
                },
                AdditionalPropertiesAllowed = false,
            },
        ];
}
