using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.ServiceDefaults.Settings;

/// <summary>How options are read from the configuration. Every section that a service reads is read by these.</summary>
public static class SettingsExtensions
{
    /// <summary>
    /// Reads the options from the section. Their public properties are the settings that it may have: durations with units
    /// (<see cref="Duration"/>), attributes of data annotations hold, and any other name below the section ends the start. Calling it
    /// twice does no harm.
    /// </summary>
    /// <typeparam name="T">The options.</typeparam>
    /// <param name="services">Where they are registered.</param>
    /// <param name="section">Where they are in the configuration, such as <c>Gateway:Access</c>.</param>
    public static OptionsBuilder<T> AddSettings<T>(this IServiceCollection services, string section)
        where T : class
    {
        var options = services.AddOptions<T>();
        var settings = new SettingsSection(section, typeof(T));
        if (services.Any(service => settings.Equals(service.ImplementationInstance)))
            return options;

        services.AddSingleton(settings);
        services.AddSingleton(provider => new SettingsBinding<T>(section, provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<IConfigureOptions<T>>(provider => provider.GetRequiredService<SettingsBinding<T>>());
        services.AddSingleton<IValidateOptions<T>>(provider => provider.GetRequiredService<SettingsBinding<T>>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SettingNames>, SettingNamesValidator>());
        services.AddOptions<SettingNames>().ValidateOnStart();
        services.TryAddSingleton<LoggedSections>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SettingsLog>());
        return options;
    }

    /// <summary>
    /// The options as they are in the configuration now, for what has to be known while services are registered. Values that cannot be
    /// read are as by default: the validation at the start reports them.
    /// </summary>
    public static T ReadSettings<T>(this IConfiguration configuration, string section)
        where T : class, new()
    {
        var options = new T();
        new SettingsBinding<T>(section, configuration).Configure(options);
        return options;
    }
}
