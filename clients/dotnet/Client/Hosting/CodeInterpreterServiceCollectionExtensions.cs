using System.Diagnostics.Metrics;
using CodeInterpreter.Client;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers <see cref="CodeInterpreterClient"/>.</summary>
public static class CodeInterpreterServiceCollectionExtensions
{
    private const string ClientName = "CodeInterpreter";

    /// <summary>
    /// Registers a <see cref="CodeInterpreterClient"/> for the whole application, with options from configuration: <c>Address</c>,
    /// <c>UserId</c>, <c>ApiKey</c>, <c>CallTimeout</c>, <c>Retry:MaxAttempts</c>, <c>Retry:BaseDelay</c> and <c>Retry:MaxDelay</c>. Wrong
    /// options stop the start of a host; the message names them.
    /// </summary>
    /// <param name="services">Where to register it.</param>
    /// <param name="section">The section of these options.</param>
    /// <returns>The builder of its HTTP client, to add handlers or to replace the primary one.</returns>
    public static IHttpClientBuilder AddCodeInterpreter(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return services.AddCodeInterpreter(options => ConfiguredOptions.Read(section, options));
    }

    /// <summary>
    /// Registers a <see cref="CodeInterpreterClient"/> for the whole application. Wrong options stop the start of a host; the message names
    /// them.
    /// </summary>
    /// <param name="services">Where to register it.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The builder of its HTTP client, to add handlers or to replace the primary one.</returns>
    public static IHttpClientBuilder AddCodeInterpreter(this IServiceCollection services, Action<CodeInterpreterClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<CodeInterpreterClientOptions>().Configure(configure).ValidateOnStart();
        services.AddMetrics();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CodeInterpreterClientOptions>, OptionsValidator>());
        services.TryAddSingleton(provider =>
        {
            var values = provider.GetRequiredService<IOptions<CodeInterpreterClientOptions>>().Value;
            var meter = provider.GetRequiredService<IMeterFactory>().Create(CodeInterpreterTelemetry.MeterName);
            var wire = provider.GetRequiredService<GrpcClientFactory>().CreateClient<Wire>(ClientName);
            return new CodeInterpreterClient(new Connection(wire, values, new ClientInstruments(meter)), values.UserId);
        });
        return services
            .AddGrpcClient<Wire>(
                ClientName,
                (provider, grpc) => grpc.Address = provider.GetRequiredService<IOptions<CodeInterpreterClientOptions>>().Value.Address
            )
            .ConfigurePrimaryHttpMessageHandler(Channels.NewHandler)
            .ConfigureChannel(Channels.Configure);
    }
}
