using CodeInterpreter.ServiceDefaults.Errors;
using CodeInterpreter.ServiceDefaults.Settings;
using CodeInterpreter.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CodeInterpreter.ServiceDefaults.Hosting;

/// <summary>
/// What every service's host has in common: gRPC with one error mapping, reflection, health, telemetry, graceful shutdown.
/// </summary>
public static class ServiceHosting
{
    /// <summary>Tag of the health checks that readiness asks. Liveness asks none: it only says that the process answers.</summary>
    public const string ReadyTag = "ready";

    /// <summary>How often the log and gRPC's health service look after what the service needs.</summary>
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(10);

    /// <summary>The services log what they do; what the frameworks below them do is of interest when something is wrong.</summary>
    private static readonly Dictionary<string, string?> QuietFrameworks = new()
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        // It logs a line with a stack at each request; our own log reports changes.
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
        ["Logging:LogLevel:Grpc"] = "Warning",
        // It warns, with a stack, at each attempt to connect; our own log reports when the bus is lost and when it is back.
        ["Logging:LogLevel:MassTransit"] = "Error",
        ["Logging:LogLevel:MassTransit.ReceiveTransport"] = "Warning",
        ["Logging:LogLevel:MassTransit.SendTransport"] = "Warning",
        ["Logging:LogLevel:MassTransit.Messages"] = "Warning",
        ["Logging:LogLevel:System.Net.Http"] = "Warning",
    };

    /// <summary>Registers what <see cref="MapServiceDefaults"/> and every service need.</summary>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        builder.AddConfigurationDefaults(QuietFrameworks);
        builder.AddConsoleLogDefaults();
        builder.AddTelemetry();
        builder.Services.Configure<KestrelServerOptions>(DigitsEncoding.RequireForContentLength);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddGrpc(options =>
        {
            options.Interceptors.Add<RefusedUploadInterceptor>();
            options.Interceptors.Add<RpcErrorInterceptor>();
        });
        builder.Services.AddTransient<IStartupFilter, CheckedFrames>();
        builder.Services.AddGrpcReflection();
        builder.Services.AddGrpcHealthChecks(options => options.Services.Map("", check => check.Tags.Contains(ReadyTag)));
        builder.Services.AddHealthChecks();
        builder.Services.AddSingleton<IHealthCheckPublisher, ReadinessLog>();
        builder.Services.AddSingleton<ReadinessInstruments>();
        builder.Services.AddSingleton<IHealthCheckPublisher>(provider => provider.GetRequiredService<ReadinessInstruments>());
        builder.Services.Configure<HealthCheckPublisherOptions>(options => options.Period = CheckInterval);
        builder.Services.AddSingleton<HostStart>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<HostStart>());
        builder.Services.AddOptions<LoggerFilterOptions>().PostConfigure<HostStart>((filters, start) => start.Quieten(filters));
        builder.Services.AddHostedService(services => new IdleMemory(services.GetRequiredService<TimeProvider>()));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeouts.Host);
        return builder;
    }

    /// <summary>Maps <c>/health/live</c>, <c>/health/ready</c>, <c>/metrics</c>, the gRPC health service and gRPC reflection.</summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().DisableHttpMetrics();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(ReadyTag) })
            .AllowAnonymous()
            .DisableHttpMetrics();
        app.MapMetrics();
        app.MapGrpcHealthChecksService().AllowAnonymous();
        app.MapGrpcReflectionService().AllowAnonymous();
        return app;
    }
}
