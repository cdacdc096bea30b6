using CodeInterpreter.ServiceDefaults.Errors;
using CodeInterpreter.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace CodeInterpreter.ServiceDefaults.Hosting;

/// <summary>What every service's host has in common: gRPC with one error mapping, reflection, health, telemetry, graceful shutdown.</summary>
public static class ServiceHosting
{
    /// <summary>Tag of the health checks that readiness asks. Liveness asks none: it only says that the process answers.</summary>
    public const string ReadyTag = "ready";

    /// <summary>The services log what they do; what the frameworks below them do is of interest when something is wrong.</summary>
    private static readonly Dictionary<string, string?> QuietFrameworks = new()
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "Warning",
        ["Logging:LogLevel:Grpc"] = "Warning",
        ["Logging:LogLevel:MassTransit"] = "Warning",
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
        builder.Services.AddGrpcReflection();
        builder.Services.AddGrpcHealthChecks(options => options.Services.Map("", check => check.Tags.Contains(ReadyTag)));
        builder.Services.AddHealthChecks();
        builder.Services.AddHostedService<StartupMemory>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownLadder.Host);
        return builder;
    }

    /// <summary>Maps <c>/health/live</c>, <c>/health/ready</c>, <c>/metrics</c>, the gRPC health service and gRPC reflection.</summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).DisableHttpMetrics();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(ReadyTag) })
            .DisableHttpMetrics();
        app.MapMetrics();
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
        return app;
    }
}
