using Microsoft.Net.Http.Headers;

namespace CodeInterpreter.Gateway.Access;

/// <summary>What a call shows to be let in. The metadata of a gRPC call are headers like any other.</summary>
internal static class Credentials
{
    public const string KeyHeader = "X-Api-Key";

    private const string Bearer = "Bearer ";

    /// <summary>A key or a token; null when there is neither.</summary>
    public static string? Of(HttpRequest request)
    {
        if (request.Headers[KeyHeader] is [{ Length: > 0 } key])
        {
            return key;
        }

        return request.Headers[HeaderNames.Authorization] is [{ } value] && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? value[Bearer.Length..].Trim()
            : null;
    }
}
