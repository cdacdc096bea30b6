using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration.Memory;

namespace CodeInterpreter.ServiceDefaults.Settings;

/// <summary>Settings that apply unless another source overrides them.</summary>
public static class ConfigurationDefaults
{
    /// <summary>Adds settings that every other source, files, environment and command line, overrides.</summary>
    public static WebApplicationBuilder AddConfigurationDefaults(
        this WebApplicationBuilder builder,
        IEnumerable<KeyValuePair<string, string?>> defaults
    )
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = defaults });
        return builder;
    }
}
