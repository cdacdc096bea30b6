using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.ServiceDefaults.Errors;

namespace CodeInterpreter.FileStore;

/// <summary>
/// Prepares directories, tables and indexes before the host listens. A host whose disk or bucket has a wrong setting
/// does not start. A host whose database or object store is unavailable starts and retries until both are available. Until then it is
/// not ready.
/// </summary>
internal sealed partial class StorageStartup(IBlobStore blobs, IFileMetadata metadata, TimeProvider time, ILogger<StorageStartup> logger)
    : BackgroundService
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
            StorageAway(exception.Message, FailureReason.Of(exception.InnerException));
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RetryInterval, time);
        string? said = null;
        while (!_prepared && await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await PrepareAsync(stoppingToken);
                StorageThere();
            }
            catch (FileStoreException exception) when (exception.Error == FileError.Unavailable)
            {
                // It has been logged already.
            }
            // A started host is not stopped by what an operator can still repair. It is logged once, as it may last.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                if (exception.Message != said)
                    PreparationFailed(exception);
                said = exception.Message;
            }
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await blobs.InitializeAsync(cancellationToken);
        await metadata.InitializeAsync(cancellationToken);
        _prepared = true;
    }

    [LoggerMessage(14, LogLevel.Warning, "The storage cannot be reached; the service is not ready and keeps trying. {Reason} {Cause}")]
    private partial void StorageAway(string reason, string cause);

    [LoggerMessage(17, LogLevel.Error, "The storage can be reached but not used; the service is not ready and keeps trying")]
    private partial void PreparationFailed(Exception exception);

    [LoggerMessage(15, LogLevel.Information, "The storage can be used")]
    private partial void StorageThere();
}
