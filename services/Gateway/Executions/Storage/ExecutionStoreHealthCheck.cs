using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Records;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CodeInterpreter.Gateway.Executions.Storage;

/// <summary>Checks whether executions can be stored.</summary>
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
            return HealthCheckResult.Unhealthy("Executions cannot be stored in the database.", exception);
        }
    }
}
