using CodeInterpreter.Gateway.Access.Keys;
using CodeInterpreter.Gateway.Access.Limits;
using CodeInterpreter.Gateway.Access.Tokens;
using CodeInterpreter.ServiceDefaults.Databases;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Access;

/// <summary>Puts the control of access into the gateway.</summary>
internal static class AccessExtensions
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>();
        services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LimitOptions>, LimitOptionsValidator>();
        services.AddOptions<LimitOptions>()
            .BindConfiguration(LimitOptions.Section)
            .PostConfigure<IOptions<AccessOptions>>((limits, access) => limits.Complete(access.Value.Mode))
            .ValidateOnStart();
        services.AddDatabase<IApiKeyStore, SqliteApiKeyStore, MongoApiKeyStore>();
        services.AddSingleton<ApiKeyRing>();
        services.AddSingleton<TokenValidator>();
        services.AddSingleton<CallLimiter>();
        services.AddSingleton<AccessInstruments>();
        services.AddSingleton<Gatekeeper>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigurationLoader?.Endpoint(Exposure.ManagementEndpoint, endpoint => Exposure.MarkManagement(endpoint.ListenOptions));
            if (kestrel.ApplicationServices.GetRequiredService<IOptions<AccessOptions>>().Value.Mode == AccessMode.Loopback)
            {
                kestrel.ConfigureEndpointDefaults(Exposure.RefuseBeyondLoopback);
            }
        });
    }
}
