using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CodeInterpreter.FileStore.Health;

/// <summary>
/// Ready means: the metadata can be read, and blobs can be written. A full disk refuses uploads but serves readers, so the
/// service stays ready.
/// </summary>
internal sealed class StorageHealthCheck(IFileMetadata metadata, IBlobStore blobs) : IHealthCheck
{
    public const string Name = "file-store";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await metadata.CheckAsync(cancellationToken);
            await blobs.CheckAsync(cancellationToken);
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
