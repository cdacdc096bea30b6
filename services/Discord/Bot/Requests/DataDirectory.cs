using CodeInterpreter.Discord.Bot.Settings;
using CodeInterpreter.ServiceDefaults.Databases;
using CodeInterpreter.ServiceDefaults.Storage;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Discord.Bot.Requests;

/// <summary>Ends the start where the directory of the database cannot be used. A MongoDB needs none.</summary>
internal sealed class DataDirectory(IOptions<BotOptions> options, IOptions<DatabaseOptions> database, ILogger<DataDirectory> logger)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (database.Value.Provider == DatabaseProvider.Sqlite)
            PrivateDirectory.PrepareForStart(
                options.Value.DataDirectory,
                $"{BotOptions.Section}:{nameof(BotOptions.DataDirectory)}",
                logger
            );
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
