using CodeInterpreter.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Builder;

namespace CodeInterpreter.ServiceDefaults.Telemetry;

/// <summary>
/// The form of the console log where <c>Logging:Console:FormatterName</c> does not say it: text for people at a terminal, lines of JSON for
/// programs everywhere else.
/// </summary>
internal static class ConsoleLog
{
    private const string FormatterName = "Logging:Console:FormatterName";
    private const string Json = "json";
    private static readonly Dictionary<string, string?> Scopes = new() { ["Logging:Console:FormatterOptions:IncludeScopes"] = "true" };

    public static void AddConsoleLogDefaults(this WebApplicationBuilder builder)
    {
        var formatter = builder.Configuration[FormatterName] ?? (Console.IsOutputRedirected ? Json : "simple");
        builder.AddConfigurationDefaults(
            new Dictionary<string, string?>
            {
                [FormatterName] = formatter,
                ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = "true",
                ["Logging:Console:FormatterOptions:TimestampFormat"] = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'" + (formatter == Json ? "" : "' '"),
            }
        );
        // The execution's id and the trace's are in the scopes.
        if (formatter == Json)
            builder.AddConfigurationDefaults(Scopes);
    }
}
