using CodeInterpreter.ServiceDefaults.Databases;
using CodeInterpreter.ServiceDefaults.Storage;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions.Storage;

/// <summary>Prepares the directory of an embedded database before the gateway listens; one that cannot be used ends the start.</summary>
internal sealed class ExecutionDirectory(
    IOptions<GatewayOptions> options,
    IOptions<DatabaseOptions> database,
    ILogger<ExecutionDirectory> logger
) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (database.Value.Provider == DatabaseProvider.Sqlite)
            PrivateDirectory.PrepareForStart(
                options.Value.DataDirectory,
                $"{GatewayOptions.Section}:{nameof(GatewayOptions.DataDirectory)}",
                logger
            );
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
