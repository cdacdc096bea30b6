using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace CodeInterpreter.Client;

/// <summary>Reads options from configuration by name: without reflection, so that it works in native code.</summary>
internal static class ConfiguredOptions
{
    public static void Read(IConfiguration section, CodeInterpreterClientOptions options)
    {
        Read(section, nameof(options.Address), text => options.Address = new Uri(text, UriKind.RelativeOrAbsolute));
        Read(section, nameof(options.UserId), text => options.UserId = text);
        Read(section, nameof(options.ApiKey), text => options.ApiKey = text);
        Read(section, nameof(options.CallTimeout), text => options.CallTimeout = ToTime(text));
        var retry = section.GetSection(nameof(options.Retry));
        Read(retry, nameof(options.Retry.MaxAttempts), text => options.Retry.MaxAttempts = int.Parse(text, CultureInfo.InvariantCulture));
        Read(retry, nameof(options.Retry.BaseDelay), text => options.Retry.BaseDelay = ToTime(text));
        Read(retry, nameof(options.Retry.MaxDelay), text => options.Retry.MaxDelay = ToTime(text));
    }

    private static void Read(IConfiguration section, string name, Action<string> set)
    {
        if (section[name] is not { Length: > 0 } text)
            return;
        try
        {
            set(text);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            // Not with the value: it may be a key in the wrong place.
            throw new InvalidOperationException($"{name} of the Code Interpreter client has a value that cannot be read.", exception);
        }
    }

    private static TimeSpan ToTime(string text) => TimeSpan.Parse(text, CultureInfo.InvariantCulture);
}
