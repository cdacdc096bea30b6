using System.Security.Cryptography;
using System.Text.Json;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>Tells whether two requests ask for the same, whoever sent them.</summary>
internal static class RequestFingerprint
{
    public static string Of(ExecutionRequest request, ExecutionMode mode)
    {
        var sorted = request with
        {
            Environment = new SortedDictionary<string, string?>(
                request.Environment.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
        };
        var text = JsonSerializer.SerializeToUtf8Bytes(new { mode, request = sorted });
        return Convert.ToHexStringLower(SHA256.HashData(text));
    }
}
