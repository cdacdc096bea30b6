using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CodeInterpreter.Gateway.Http.Json;

/// <summary>How the HTTP API reads and writes JSON.</summary>
internal static class ApiJson
{
    /// <summary>
    /// Requests are read strictly: a caller should get an error for a misspelt field, a field given twice or a number in quotes.
    /// </summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        // Output may be text in any language. It is never part of an HTML page, so it needs no escaping for HTML.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }
}
