using CodeInterpreter.Gateway.Access.Keys;
using CodeInterpreter.Gateway.Access.Limits;
using CodeInterpreter.Gateway.Access.Tokens;
using CodeInterpreter.ServiceDefaults.Databases;
using CodeInterpreter.ServiceDefaults.Settings;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Access;

/// <summary>Puts the control of access into the gateway.</summary>
internal static class AccessExtensions
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>();
        services.AddSettings<AccessOptions>(AccessOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LimitOptions>, LimitOptionsValidator>();
        services
            .AddSettings<LimitOptions>(LimitOptions.Section)
            .PostConfigure<IOptions<AccessOptions>>((limits, access) => limits.Complete(access.Value.Mode))
            .ValidateOnStart();
        services.AddDatabase<IApiKeyStore, SqliteApiKeyStore, MongoApiKeyStore>();
        services.AddSingleton<ApiKeyRing>();
        services.AddSingleton<TokenValidator>();
        services.AddSingleton<CallLimiter>();
        services.AddSingleton<LargeAnswers>();
        services.AddSingleton<LargeRequests>();
        services.AddSingleton<AccessInstruments>();
        services.AddSingleton<Gatekeeper>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigurationLoader?.Endpoint(Exposure.ManagementEndpoint, endpoint => Exposure.MarkManagement(endpoint.ListenOptions));
            var access = kestrel.ApplicationServices.GetRequiredService<IOptions<AccessOptions>>().Value;
            if (access.Mode == AccessMode.Loopback && !access.IsPublishedOnLoopback)
            {
                kestrel.ConfigureEndpointDefaults(Exposure.RefuseBeyondLoopback);
            }
        });
    }
}
