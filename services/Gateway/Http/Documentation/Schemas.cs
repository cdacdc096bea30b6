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
    public static Task LeaveRoom(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        schema.AdditionalPropertiesAllowed = type != typeof(ExecuteBody) && type != typeof(ExecutionLimitsBody);
        return Task.CompletedTask;
    }
}
