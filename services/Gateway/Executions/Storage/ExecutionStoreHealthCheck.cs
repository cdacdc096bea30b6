using CodeInterpreter.Gateway.Errors;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CodeInterpreter.Gateway.Executions.Storage;

/// <summary>Whether executions can be remembered.</summary>
internal sealed class ExecutionStoreHealthCheck(IExecutionStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await store.CheckAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (GatewayException exception)
        {
            return HealthCheckResult.Unhealthy("The database takes no executions.", exception);
        }
    }
}
