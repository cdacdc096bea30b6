using CodeInterpreter.FileStore.Files;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CodeInterpreter.FileStore.Health;

/// <summary>
/// Ready means: records and blobs can be written. A full disk refuses uploads but serves readers, so the service stays ready.
/// </summary>
internal sealed class StorageHealthCheck(Func<CancellationToken, Task> check) : IHealthCheck
{
    /// <summary>Name of the check of the database.</summary>
    public const string Records = "records";

    /// <summary>Name of the check of the disk or the bucket.</summary>
    public const string Blobs = "blobs";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await check(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (FileStoreException exception) when (exception.Error == FileError.StorageFull)
        {
            return HealthCheckResult.Degraded(exception.Message, exception);
        }
        catch (FileStoreException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception.Message, exception);
        }
    }
}
