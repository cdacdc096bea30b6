using System.Collections;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>
/// Tells whether two requests ask for the same, whoever sent them, and whatever version of the gateway looks at them: only what a request
/// says counts, so that a field that is added later changes nothing for requests that do not use it.
/// </summary>
internal static class RequestFingerprint
{
    private static readonly JsonSerializerOptions Said = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutWhatIsNotSaid, Sort } },
    };

    public static string Of(ExecutionRequest request, ExecutionMode mode)
    {
        var sorted = request with
        {
            // Who says the default asks for the same as who says nothing.
            Language = request.Language == Languages.Python ? "" : request.Language,
            Environment = new SortedDictionary<string, string?>(
                request.Environment.ToDictionary(StringComparer.Ordinal),
                StringComparer.Ordinal
            ),
        };
        var text = JsonSerializer.SerializeToUtf8Bytes(new { Mode = mode.ToString(), Request = sorted }, Said);
        return Convert.ToHexStringLower(SHA256.HashData(text));
    }

    private static void LeaveOutWhatIsNotSaid(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            property.ShouldSerialize = (_, value) => IsSaid(value);
        }
    }

    // A field keeps its place in the text when it moves to another one in the code.
    private static void Sort(JsonTypeInfo type)
    {
        var properties = type.Properties.OrderBy(property => property.Name, StringComparer.Ordinal).ToArray();
        foreach (var (order, property) in properties.Index())
            property.Order = order;
    }

    private static bool IsSaid(object? value) =>
        value switch
        {
            null or "" or false => false,
            string => true,
            IEnumerable values => values.Cast<object?>().Any(),
            RequestedLimits limits => limits != RequestedLimits.None,
            _ => true,
        };
}
