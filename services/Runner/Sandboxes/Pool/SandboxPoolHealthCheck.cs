using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CodeInterpreter.Runner.Sandboxes.Pool;

/// <summary>Ready while sandboxes can be started.</summary>
internal sealed class SandboxPoolHealthCheck(SandboxPool pool) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            pool.Usable
                ? HealthCheckResult.Healthy($"{pool.IdleCount} sandboxes are ready.")
                : HealthCheckResult.Unhealthy(
                    "No sandbox has been started yet, or the last start failed; the log has the cause of a failure."
                )
        );
}
