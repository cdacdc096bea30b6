using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Settings;
using CodeInterpreter.ServiceDefaults.Databases;
using CodeInterpreter.ServiceDefaults.Storage;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore;

/// <summary>
/// Prepares the directory of the files and their records before the store uses it; one that cannot be used ends the start.
/// </summary>
internal sealed class StorageDirectory(
    IOptions<FileStoreOptions> options,
    IOptions<BlobOptions> blobs,
    IOptions<DatabaseOptions> database,
    StorageInstruments instruments,
    ILogger<StorageDirectory> logger
) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (blobs.Value.Provider == BlobProvider.Disk || database.Value.Provider == DatabaseProvider.Sqlite)
        {
            PrivateDirectory.PrepareForStart(
                options.Value.DataDirectory,
                $"{FileStoreOptions.Section}:{nameof(FileStoreOptions.DataDirectory)}",
                logger
            );
            instruments.Observe();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
