using CodeInterpreter.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CodeInterpreter.ServiceDefaults.Telemetry;

/// <summary>How a host collects what its services measure: metrics to be scraped, traces to be sent.</summary>
internal static class TelemetryExtensions
{
    /// <summary>Our meters and activity sources have the name of their service.</summary>
    private const string Ours = "CodeInterpreter.*";

    private const string MassTransit = "MassTransit";
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string TracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

    /// <summary>
    /// Which of MassTransit's tags are kept. Its destinations are not among them: each replica of the gateway has one of its own,
    /// under a new name at every start.
    /// </summary>
    private static readonly string[] MassTransitTags =
    [
        "messaging.masstransit.consumer_type",
        "messaging.masstransit.message_type",
        "messaging.masstransit.exception_type",
    ];

    private static readonly PathString[] Unobserved = ["/health", "/metrics", "/grpc.health.v1.Health"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddMetrics();
        builder.Services.AddSettings<TelemetryOptions>(TelemetryOptions.Section).ValidateOnStart();
        var options = builder.Configuration.ReadSettings<TelemetryOptions>(TelemetryOptions.Section);
        if (!options.Enabled)
            return;

        if (options.OtlpEndpoint is { } endpoint)
            builder.AddConfigurationDefaults(new Dictionary<string, string?> { [Endpoint] = endpoint.ToString() });
        var send = builder.Configuration[Endpoint] is { Length: > 0 } || builder.Configuration[TracesEndpoint] is { Length: > 0 };
        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Environment.ApplicationName).AddEnvironmentVariableDetector())
            .WithMetrics(AddMeters)
            .WithTracing(tracing => AddSources(tracing, send));
    }

    public static void MapMetrics(this WebApplication app)
    {
        if (app.Services.GetService<MeterProvider>() is not null)
            app.MapPrometheusScrapingEndpoint().AllowAnonymous().DisableHttpMetrics();
    }

    private static void AddMeters(MeterProviderBuilder metrics) =>
        metrics
            .AddView(instrument =>
                instrument.Meter.Name == MassTransit ? new MetricStreamConfiguration { TagKeys = MassTransitTags } : null
            )
            .AddMeter(Ours, MassTransit, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddPrometheusExporter();

    private static void AddSources(TracerProviderBuilder tracing, bool send)
    {
        tracing
            .SetSampler(provider => new ParentBasedSampler(
                new RequestSampler(provider.GetRequiredService<IOptions<TelemetryOptions>>().Value.TraceRatio)
            ))
            .AddSource(Ours, MassTransit)
            .AddAspNetCoreInstrumentation(options => options.Filter = IsObserved)
            .AddGrpcClientInstrumentation();
        if (send)
            tracing.AddOtlpExporter();
    }

    private static bool IsObserved(HttpContext context) =>
        !Unobserved.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal));
}
