using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using CodeInterpreter.Gateway.Http.Errors;
using CodeInterpreter.ServiceDefaults.Errors;

namespace CodeInterpreter.Gateway.Http.Json;

/// <summary>Describes errors in a JSON body without the names of .NET types.</summary>
internal static partial class JsonErrors
{
    // Longer than the path of any field. A field that a caller made up may be as long as the body.
    private const int MaxPathLength = 200;

    public static FieldViolation Describe(JsonException exception, Type bodyType, JsonSerializerOptions options)
    {
        var path =
            exception.Path is { Length: > 2 } full && full.StartsWith("$.", StringComparison.Ordinal)
                ? ErrorText.Shorten(full[2..], MaxPathLength)
                : "";
        // Errors in the JSON text itself come from the reader, wrapped in another exception.
        if (exception.InnerException is JsonException)
        {
            return new FieldViolation(
                "body",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"is not valid JSON, see line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}."
                )
            );
        }

        if (path.Length == 0)
        {
            return new FieldViolation("body", "must be a JSON object with the fields of this request, each at most once.");
        }

        return FindType(path, bodyType, options, out var misspelt, out var fields) is { } type
            ? new FieldViolation(path, $"must be {Name(type, options)}, given once.")
            : new FieldViolation(path, $"is not a field of this request.{Suggestion.For(misspelt, fields)}");
    }

    /// <summary>The type of the field. Null if there is no such field, with the wrong part of the path and its possible fields.</summary>
    private static Type? FindType(string path, Type type, JsonSerializerOptions options, out string misspelt, out string[] fields)
    {
        (misspelt, fields) = ("", []);
        foreach (Match part in PathPart.Matches(path))
        {
            var info = options.GetTypeInfo(type);
            // Callers choose the keys of a dictionary.
            var next =
                part.Groups["index"].Success || info.Kind == JsonTypeInfoKind.Dictionary
                    ? info.ElementType
                    : info.Properties.FirstOrDefault(property => property.Name == part.Value)?.PropertyType;
            if (next is null)
            {
                (misspelt, fields) = (part.Value.Trim('[', ']', '\''), [.. info.Properties.Select(property => property.Name)]);
                return null;
            }

            type = next;
        }

        return type;
    }

    private static string Name(Type type, JsonSerializerOptions options) =>
        options.GetTypeInfo(type).Kind switch
        {
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object",
            JsonTypeInfoKind.Enumerable => "a list",
            _ when type.GetCustomAttribute<JsonFormatAttribute>() is { } format => format.Description,
            _ when type == typeof(string) => "a string of valid Unicode",
            _ when type == typeof(byte[]) => "a string in base64",
            _ when (Nullable.GetUnderlyingType(type) ?? type) == typeof(bool) => "true or false",
            _ => "a number",
        };

    // A name with characters other than letters and digits is in brackets and quotes.
    [GeneratedRegex(@"\['.*?'\](?=$|[.\[])|(?<index>\[\d+\])|[^.\[\]]+")]
    private static partial Regex PathPart { get; }
}
