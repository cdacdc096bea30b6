using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Requests;
using CodeInterpreter.Gateway.Http.Executions;
using CodeInterpreter.Gateway.Http.Files;
using CodeInterpreter.Gateway.Http.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace CodeInterpreter.Gateway.Http.Documentation;

/// <summary>The schemas of the document: what the framework cannot know from the types.</summary>
internal static class Schemas
{
    private const string Suffix = "Body";

    // The names of gRPC where they differ; null for a schema that needs no name.
    private static readonly Dictionary<Type, string?> Names = new()
    {
        [typeof(ExecuteBody)] = "ExecuteRequest",
        [typeof(PythonErrorBody)] = "PythonException",
        [typeof(ProblemDetails)] = "Problem",
        [typeof(HttpValidationProblemDetails)] = "ValidationProblem",
        [typeof(UploadForm)] = "Upload",
        [typeof(Stream)] = null,
    };

    /// <summary>The name of a schema: that of its message in gRPC, or that of its type without its suffix.</summary>
    public static string? NameOf(JsonTypeInfo type)
    {
        if (Names.TryGetValue(type.Type, out var known))
            return known;
        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        return name?.EndsWith(Suffix, StringComparison.Ordinal) == true ? name[..^Suffix.Length] : name;
    }

    public static Task Complete(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        schema.Description = TextOf(schema.Description);
        if (type.IsEnum)
            DescribeEnum(schema, type);
        if (context.JsonPropertyInfo is { } property)
            DescribeProperty(schema, property);
        if (type == typeof(ProblemDetails) || type == typeof(HttpValidationProblemDetails))
            DescribeProblem(schema);
        else if (type == typeof(ExecutionLimitsBody))
            Bound(schema, context.ApplicationServices.GetRequiredService<IOptions<ExecutionOptions>>().Value);
        // Requests with unknown fields are refused; responses may get more fields in later versions.
        schema.AdditionalPropertiesAllowed = !IsRequest(type);
        return Task.CompletedTask;
    }

    private static bool IsRequest(Type type) =>
        type == typeof(ExecuteBody)
        || type == typeof(ExecutionLimitsBody)
        || type == typeof(InlineFileBody)
        || type == typeof(ExecutionInputBody)
        || type == typeof(ExtendFileBody);

    /// <summary>Comments have line breaks and entities that mean nothing in Markdown.</summary>
    private static string? TextOf(string? comment) =>
        comment is null ? null : System.Net.WebUtility.HtmlDecode(comment.ReplaceLineEndings(" "));

    /// <summary>Names, without null: only the property that has the enumeration may be null.</summary>
    private static void DescribeEnum(OpenApiSchema schema, Type type)
    {
        schema.Type = JsonSchemaType.String;
        schema.Enum = [.. Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(value => NameOf(type, value))];
    }

    private static JsonNode NameOf(Type type, object value) => JsonSerializer.SerializeToNode(Enum.ToObject(type, value), type)!;

    private static void DescribeProperty(OpenApiSchema schema, JsonPropertyInfo property)
    {
        var attributes = property.AttributeProvider;
        // Converters read and write these types, so the framework does not know their form.
        if (property.PropertyType == typeof(string) && schema.Type is null)
            schema.Type = JsonSchemaType.String | (property.IsGetNullable ? JsonSchemaType.Null : 0);
        if (property.PropertyType == typeof(IReadOnlyList<UserFileBody>))
            schema.Items = UserFile();
        if (property.PropertyType == typeof(IReadOnlyDictionary<string, string>))
            schema.MaxProperties = RequestLimits.Variables;
        if (attributes?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: false) is [AllowedValuesAttribute allowed])
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. allowed.Values.Select(value => JsonValue.Create((string)value!))];
        }

        if (NeverNull(property) && schema.Type is { } type)
            schema.Type = type & ~JsonSchemaType.Null;
    }

    /// <summary>A required field must have a value, and a field that is left out instead of being null is never null.</summary>
    private static bool NeverNull(JsonPropertyInfo property) =>
        property.AttributeProvider is { } attributes
        && (
            attributes.IsDefined(typeof(RequiredAttribute), inherit: false)
            || attributes.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: false)
                is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingNull }]
        );

    private static void DescribeProblem(OpenApiSchema schema)
    {
        var fields = schema.Properties!;
        fields.Remove("instance");
        foreach (var field in fields.Values.OfType<OpenApiSchema>())
            field.Type &= ~JsonSchemaType.Null;
        fields["code"] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Pattern = Patterns.Code,
            Description = "The error for programs, the same as the reason in gRPC, such as NOT_FOUND. Later versions may add codes.",
        };
        fields["execution_id"] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Pattern = Patterns.ExecutionId,
            Description = "The execution that the error is about, if there is one.",
        };
        schema.Description = fields.ContainsKey("errors")
            ? "A request that is not valid (RFC 9457). `errors` names each invalid field."
            : "An error (RFC 9457).";
        schema.Required = new HashSet<string> { "title", "status", "code" };
        if (fields.ContainsKey("errors"))
            schema.Required.Add("errors");
    }

    /// <summary>The bounds are those of the operator.</summary>
    private static void Bound(OpenApiSchema schema, ExecutionOptions max)
    {
        Set("wall_time_seconds", 0, max.MaxWallTime.TotalSeconds);
        Set("cpu_time_seconds", 0, max.MaxCpuTime.TotalSeconds);
        Set("memory_bytes", ExecutionOptions.MinMemoryBytes, max.MaxMemoryBytes);
        Set("processes", ExecutionOptions.MinProcesses, max.MaxProcesses);
        Set("output_bytes", 1, max.MaxOutputBytes);
        Set("file_bytes", 1, max.MaxFileBytes);
        Set("files", 1, max.MaxFiles);
        Set("total_file_bytes", 1, max.MaxTotalFileBytes);

        void Set(string name, double least, double most)
        {
            var field = (OpenApiSchema)schema.Properties![name];
            if (least == 0)
                field.ExclusiveMinimum = "0";
            else
                field.Minimum = FormattableString.Invariant($"{least}");
            field.Maximum = FormattableString.Invariant($"{most}");
        }
    }

    private static OpenApiSchema UserFile() =>
        new()
        {
            OneOf =
            [
                new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Pattern = Patterns.FileId,
                    Description = "The file's id; it keeps its own name.",
                },
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string> { "file_id" },
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["file_id"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.String,
                            Pattern = Patterns.FileId,
                            Description = "The file's id.",
                        },
                        ["filename"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.String,
                            Description = "Path relative to the working directory, with / between folders; the file's own name by default.",
                        },
                    },
                    AdditionalPropertiesAllowed = false,
                },
            ],
        };
}
