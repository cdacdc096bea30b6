using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CodeInterpreter.Gateway.Http.Json;

/// <summary>How the HTTP API reads and writes JSON.</summary>
internal static class ApiJson
{
    /// <summary>
    /// Strict on what comes in: a misspelt field that is ignored, a field that is given twice or a number in quotes would
    /// be a mistake that its author never hears of.
    /// </summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        // Programs print text in all languages; it is JSON, never part of a page, so it need not be escaped for one.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }
}
