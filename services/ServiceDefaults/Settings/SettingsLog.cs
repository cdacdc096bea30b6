using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.ServiceDefaults.Settings;

/// <summary>Logs the settings that hold, one line for each section, without secrets.</summary>
internal sealed partial class SettingsLog(
    IEnumerable<SettingsSection> sections,
    LoggedSections logged,
    IServiceProvider services,
    ILogger<SettingsLog> logger
) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var section in sections)
        {
            if (OptionsOf(section) is { } options && logged.Add(section.Path))
                SectionRead(section.Path, string.Join(", ", Show(options, "")));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private object? OptionsOf(SettingsSection section)
    {
        try
        {
            var options = services.GetRequiredService(typeof(IOptions<>).MakeGenericType(section.Type));
            return ((IOptions<object>)options).Value;
        }
        catch (OptionsValidationException)
        {
            // Those that are in use have been checked; an object store that is not used needs no bucket.
            return null;
        }
    }

    private static IEnumerable<string> Show(object options, string prefix)
    {
        foreach (var property in SettingKind.PropertiesOf(options.GetType()))
        {
            var (name, value) = (prefix + property.Name, property.GetValue(options));
            if (SettingKind.IsSecret(property))
                yield return $"{name}={(value is null or "" ? "" : "***")}";
            else if (value is null || SettingKind.IsValue(property.PropertyType))
                yield return $"{name}={SettingText.Show(value)}";
            else if (SettingKind.ElementOf(property.PropertyType) is null)
                foreach (var inner in Show(value, name + ":"))
                    yield return inner;
            else
                yield return $"{name}=[{SettingText.Show(((System.Collections.IEnumerable)value).Cast<object>())}]";
        }
    }

    [LoggerMessage(904, LogLevel.Information, "Settings of {Section}: {Settings}")]
    private partial void SectionRead(string section, string settings);
}
