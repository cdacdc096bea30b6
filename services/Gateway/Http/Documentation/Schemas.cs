using System.Text.Json.Serialization.Metadata;
using CodeInterpreter.Gateway.Http.Executions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CodeInterpreter.Gateway.Http.Documentation;

/// <summary>The schemas of the document.</summary>
internal static class Schemas
{
    private const string Suffix = "Body";

    /// <summary>The name of its type, without what says that it is a body.</summary>
    public static string? NameOf(JsonTypeInfo type)
    {
        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        return name?.EndsWith(Suffix, StringComparison.Ordinal) == true ? name[..^Suffix.Length] : name;
    }

    /// <summary>What comes in is read strictly; what goes out may have more fields one day.</summary>
    public static Task LeaveRoom(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(UserFileBody))
            DescribeUserFile(schema);
        schema.AdditionalPropertiesAllowed = type != typeof(ExecuteBody) && type != typeof(ExecutionLimitsBody);
        return Task.CompletedTask;
    }

    /// <summary>A converter reads it, so that its type says nothing.</summary>
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
                        Description =
                            "Path relative to the working directory, with / between folders; the file's own name when there is none.",
                    },
                },
                AdditionalPropertiesAllowed = false,
            },
        ];
}
