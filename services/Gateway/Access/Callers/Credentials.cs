using Microsoft.Net.Http.Headers;

namespace CodeInterpreter.Gateway.Access.Callers;

/// <summary>The credentials of a call. The metadata of a gRPC call are HTTP headers.</summary>
internal static class Credentials
{
    public const string KeyHeader = "X-Api-Key";

    private const string Bearer = "Bearer ";

    /// <summary>An API key or a token; null if the call has neither.</summary>
    public static string? Of(HttpRequest request)
    {
        if (request.Headers[KeyHeader] is [{ Length: > 0 } key])
            return key;

        return request.Headers[HeaderNames.Authorization] is [{ } value] && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? value[Bearer.Length..].Trim()
            : null;
    }
}
