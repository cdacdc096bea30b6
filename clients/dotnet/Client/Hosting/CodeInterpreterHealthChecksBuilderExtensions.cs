using CodeInterpreter.Client;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the health check of <see cref="CodeInterpreterClient"/>.</summary>
public static class CodeInterpreterHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that asks the service what its sandboxes have: it needs the address, the key and a running runner. Needs
    /// <see cref="CodeInterpreterServiceCollectionExtensions.AddCodeInterpreter(IServiceCollection,
    /// Action{CodeInterpreterClientOptions})"/>.
    /// Use it for readiness, never for liveness.
    /// </summary>
    /// <param name="builder">Where to add it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="failureStatus">What to report when it fails; null for unhealthy.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="timeout">How long it may take; null for the options' <see cref="CodeInterpreterClientOptions.CallTimeout"/>.</param>
    public static IHealthChecksBuilder AddCodeInterpreter(
        this IHealthChecksBuilder builder,
        string name = "code-interpreter",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(
            new HealthCheckRegistration(
                name,
                provider => new CodeInterpreterHealthCheck(provider.GetRequiredService<CodeInterpreterClient>()),
                failureStatus,
                tags,
                timeout
            )
        );
    }
}
