using CodeInterpreter.Gateway.Errors;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CodeInterpreter.Gateway.Files;

/// <summary>Checks that the file store responds, with a request for a file that cannot exist.</summary>
internal sealed class FileStoreHealthCheck(FileStoreClient fileStore) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await fileStore.FindAsync("readiness", "readiness_0_0", cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (GatewayException exception)
        {
            return HealthCheckResult.Unhealthy("The file store does not respond.", exception);
        }
    }
}
