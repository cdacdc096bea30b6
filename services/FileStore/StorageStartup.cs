using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;

namespace CodeInterpreter.FileStore;

/// <summary>
/// Prepares directories, tables and indexes before the host listens. A host whose disk or bucket cannot be used as it is set
/// up does not start. One whose database or object store is away does, and tries again until they are there; readiness is
/// off meanwhile.
/// </summary>
internal sealed partial class StorageStartup(
    IBlobStore blobs, IFileMetadata metadata, TimeProvider time, ILogger<StorageStartup> logger) : BackgroundService
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private bool _prepared;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PrepareAsync(cancellationToken);
        }
        catch (FileStoreException exception) when (exception.Error == FileError.Unavailable)
        {
            StorageAway(exception);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RetryInterval, time);
        while (!_prepared && await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await PrepareAsync(stoppingToken);
                StorageThere();
            }
            catch (FileStoreException exception) when (exception.Error == FileError.Unavailable)
            {
                // It has been said already.
            }
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await blobs.InitializeAsync(cancellationToken);
        await metadata.InitializeAsync(cancellationToken);
        _prepared = true;
    }

    [LoggerMessage(14, LogLevel.Warning, "The storage cannot be reached; the service is not ready, and goes on trying")]
    private partial void StorageAway(Exception exception);

    [LoggerMessage(15, LogLevel.Information, "The storage is there")]
    private partial void StorageThere();
}
