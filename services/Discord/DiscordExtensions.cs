using CodeInterpreter.Client;
using CodeInterpreter.Discord.Bot;
using CodeInterpreter.Discord.Platform.Gateway;
using CodeInterpreter.Discord.Platform.Health;
using CodeInterpreter.Discord.Platform.Http;
using CodeInterpreter.Discord.Platform.Receiving;
using CodeInterpreter.Discord.Platform.Rest;
using CodeInterpreter.Discord.Platform.Startup;
using CodeInterpreter.Discord.Platform.Telemetry;
using CodeInterpreter.Discord.Settings;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Discord;

/// <summary>How a host takes in the Discord bot.</summary>
public static class DiscordExtensions
{
    private static readonly string Version = typeof(DiscordExtensions).Assembly.GetName().Version!.ToString(fieldCount: 3);

    /// <summary>
    /// Registers the bot, set up by the sections <see cref="DiscordOptions.Section"/> and <see cref="InterpreterOptions.Section"/>. Wrong
    /// settings end the start with a message that names them.
    /// </summary>
    public static WebApplicationBuilder AddDiscord(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddDiscordSettings();
        services.AddInterpreter();
        services.AddBot();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DiscordInstruments>();
        services.AddRest();
        services.AddSingleton<InteractionReceiver>();
        services.AddSingleton<Continuations>();
        services.AddHostedService(provider => provider.GetRequiredService<Continuations>());
        services.AddSingleton<PublicKeySource>();
        services.AddSingleton<InteractionEndpoint>();
        services.AddSingleton<FatalError>();
        services.AddHostedService<ApplicationSetUp>();
        services.AddSingleton<GatewayAnswers>();
        services.AddSingleton<GatewayConnection>();
        if (builder.Configuration.ReadSettings<DiscordOptions>(DiscordOptions.Section).Connection == DiscordConnection.Gateway)
            services.AddHostedService(provider => provider.GetRequiredService<GatewayConnection>());
        services.AddHealthChecks().AddCheck<DiscordHealthCheck>(DiscordHealthCheck.Name, tags: [ServiceHosting.ReadyTag]);
        return builder;
    }

    /// <summary>Maps the endpoint for Discord's calls, if the connection is <see cref="DiscordConnection.Http"/>.</summary>
    public static WebApplication MapDiscord(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<DiscordOptions>>().Value.Connection == DiscordConnection.Http)
            app.MapPost(InteractionEndpoint.Path, app.Services.GetRequiredService<InteractionEndpoint>().HandleAsync);
        return app;
    }

    private static void AddDiscordSettings(this IServiceCollection services)
    {
        services.AddSettings<DiscordOptions>(DiscordOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DiscordOptions>, DiscordOptionsRules>());
        services.AddSettings<InterpreterOptions>(InterpreterOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<InterpreterOptions>, InterpreterOptionsRules>());
    }

    private static void AddRest(this IServiceCollection services)
    {
        services.AddSingleton<RateLimits>();
        services.AddSingleton<InvalidAnswers>();
        // Without logs: the addresses of calls have secrets.
        services
            .AddHttpClient(RestSender.HttpClientName)
            .ConfigureHttpClient(
                (provider, http) =>
                {
                    http.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgentOf(provider));
                    // Each attempt has its own: see AttemptTimeout.
                    http.Timeout = Timeout.InfiniteTimeSpan;
                }
            )
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }
            )
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.AddSingleton(provider =>
            ActivatorUtilities.CreateInstance<RestSender>(
                provider,
                provider.GetRequiredService<IHttpClientFactory>().CreateClient(RestSender.HttpClientName)
            )
        );
        services.AddSingleton<IDiscordRest, DiscordRest>();
    }

    private static string UserAgentOf(IServiceProvider provider) =>
        $"DiscordBot ({provider.GetRequiredService<IOptions<DiscordOptions>>().Value.Website}, {Version})";

    private static void AddInterpreter(this IServiceCollection services)
    {
        services.AddCodeInterpreter(_ => { });
        services
            .AddOptions<CodeInterpreterClientOptions>()
            .Configure<IOptions<InterpreterOptions>>(
                (client, own) =>
                {
                    client.Address = own.Value.Address;
                    var key = SecretText.Read(own.Value.ApiKey, own.Value.ApiKeyFile);
                    client.ApiKey = key.Length > 0 ? key : null;
                }
            );
        // Without it the bot still answers that it cannot run code.
        services.AddHealthChecks().AddCodeInterpreter(failureStatus: HealthStatus.Degraded, tags: [ServiceHosting.ReadyTag]);
    }
}
