using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>The tokens that docs/messages.md describes, made with nothing but an HMAC.</summary>
internal static class PlainToken
{
    /// <summary>What a gateway shows for itself.</summary>
    public static string ForService(byte[] key) => Sign(key, "\"scope\": \"service\"");

    /// <summary>The grant of an execution.</summary>
    public static string ForExecution(byte[] key, string userId, string executionId, params string[] inputFiles) =>
        Sign(
            key,
            $$"""
            "scope": "execution", "sub": "{{userId}}", "execution_id": "{{executionId}}",
            "input_files": [{{string.Join(',', inputFiles.Select(id => $"\"{id}\""))}}], "max_files": 10, "max_bytes": 1000000
            """
        );

    /// <summary>The seal of a command in plain JSON.</summary>
    public static string Seal(byte[] key, string body)
    {
        var text = $"execute-code\napplication/json\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}";
        return Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    private static string Sign(byte[] key, string claims)
    {
        var expires = DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeSeconds();
        var signed =
            Encode("""{"alg":"HS256","typ":"JWT"}""")
            + "."
            + Encode($$"""{ "iss": "code-interpreter", "aud": "file-store", {{claims}}, "exp": {{expires}} }""");
        return signed + "." + Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed)));
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
