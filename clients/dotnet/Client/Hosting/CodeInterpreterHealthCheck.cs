using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CodeInterpreter.Client;

/// <summary>Asks the service for something small.</summary>
internal sealed class CodeInterpreterHealthCheck(CodeInterpreterClient client) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var environment = await client.PingAsync(cancellationToken);
            return HealthCheckResult.Healthy($"Code runs in Python {environment.Python}.");
        }
        catch (CodeInterpreterException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, $"{exception.Reason}: {exception.Message}", exception);
        }
    }
}
