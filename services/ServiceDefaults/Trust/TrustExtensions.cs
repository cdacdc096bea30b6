using CodeInterpreter.ServiceDefaults.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.ServiceDefaults.Trust;

/// <summary>How a service takes part in the trust between gateways and file stores.</summary>
public static class TrustExtensions
{
    /// <summary>
    /// Registers <see cref="TrustTokens"/>, set up by the section <see cref="TrustOptions.Section"/>; calling it twice does no harm.
    /// </summary>
    public static IServiceCollection AddTrust(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TrustOptions>, TrustOptionsValidator>());
        services.AddSettings<TrustOptions>(TrustOptions.Section).ValidateOnStart();
        services.TryAddSingleton<TrustTokens>();
        return services;
    }
}
