using System.Collections;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions.Requests;

/// <summary>
/// A hash that is equal for two requests with the same content, whatever key sent them and whatever version of the gateway compares them.
/// Only fields that a request sets count, so a field that is added later changes no hash of requests that do not use it.
/// </summary>
internal static class RequestFingerprint
{
    private static readonly JsonSerializerOptions OnlySet = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutUnset, Sort } },
    };

    public static string Of(ExecutionRequest request, ExecutionMode mode)
    {
        var sorted = request with
        {
            // A request that names the default equals one that names nothing.
            Language = request.Language == Languages.Python ? "" : request.Language,
            Environment = new SortedDictionary<string, string?>(
                request.Environment.ToDictionary(StringComparer.Ordinal),
                StringComparer.Ordinal
            ),
        };
        var text = JsonSerializer.SerializeToUtf8Bytes(new { Mode = mode.ToString(), Request = sorted }, OnlySet);
        return Convert.ToHexStringLower(SHA256.HashData(text));
    }

    private static void LeaveOutUnset(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            property.ShouldSerialize = (_, value) => IsSet(value);
        }
    }

    // The order in the text does not depend on the order in the code.
    private static void Sort(JsonTypeInfo type)
    {
        var properties = type.Properties.OrderBy(property => property.Name, StringComparer.Ordinal).ToArray();
        foreach (var (order, property) in properties.Index())
            property.Order = order;
    }

    private static bool IsSet(object? value) =>
        value switch
        {
            null or "" or false => false,
            string => true,
            IEnumerable values => values.Cast<object?>().Any(),
            RequestedLimits limits => limits != RequestedLimits.None,
            _ => true,
        };
}
