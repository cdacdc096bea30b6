using CodeInterpreter.Gateway.Settings;
using CodeInterpreter.ServiceDefaults.Databases;
using CodeInterpreter.ServiceDefaults.Storage;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Databases;

/// <summary>
/// Prepares the directory of the SQLite file before the gateway listens. The start fails if the directory cannot be used.
/// </summary>
internal sealed class DataDirectory(
    IOptions<GatewayOptions> options,
    IOptions<DatabaseOptions> database,
    DataInstruments instruments,
    ILogger<DataDirectory> logger
) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (database.Value.Provider == DatabaseProvider.Sqlite)
        {
            PrivateDirectory.PrepareForStart(
                options.Value.DataDirectory,
                $"{GatewayOptions.Section}:{nameof(GatewayOptions.DataDirectory)}",
                logger
            );
            instruments.Observe();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
