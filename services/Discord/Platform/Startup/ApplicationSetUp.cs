using System.Net;
using CodeInterpreter.Discord.Platform.Commands;
using CodeInterpreter.Discord.Platform.Http;
using CodeInterpreter.Discord.Platform.Rest;
using CodeInterpreter.Discord.Settings;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Discord.Platform.Startup;

/// <summary>
/// Asks Discord for the application and registers the commands, at each start: that replaces what was registered before. The bot works
/// meanwhile, with the commands that Discord knows.
/// </summary>
internal sealed partial class ApplicationSetUp(
    IDiscordRest rest,
    ICommandSource source,
    PublicKeySource keys,
    FatalError fatal,
    IOptions<DiscordOptions> options,
    TimeProvider time,
    ILogger<ApplicationSetUp> logger
) : BackgroundService
{
    private const string TokenRemedy = "Reset the token on the page \"Bot\" of the application, and set Discord:BotToken to the new one.";
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = FirstPause;
        while (!await TryAsync(stoppingToken))
        {
            await Task.Delay(pause, time, stoppingToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Whether no further attempt is needed, or would help.</summary>
    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            var application = await rest.GetApplicationAsync(cancellationToken);
            keys.Learn(application.VerifyKey);
            if (options.Value.RegisterCommands)
                await RegisterAsync(application.Id, cancellationToken);
            return true;
        }
        catch (DiscordRestException refused) when (refused.Status == HttpStatusCode.Unauthorized)
        {
            fatal.StopService($"Discord refused the bot token. {TokenRemedy}");
            return true;
        }
        catch (DiscordRestException refused) when (!refused.IsTransient)
        {
            NotAccepted(refused.Message);
            return true;
        }
        catch (DiscordRestException failure)
        {
            NotSetUp(failure.Message);
            return false;
        }
    }

    private async Task RegisterAsync(string applicationId, CancellationToken cancellationToken)
    {
        var commands = source.Commands;
        if (options.Value.CommandGuildIds is not { Count: > 0 } guilds)
        {
            await rest.PutCommandsAsync(applicationId, guildId: null, commands, cancellationToken);
            Registered(commands.Count);
            return;
        }

        // Commands of a server have no such fields.
        var ofServer = commands.Select(command => command with { IntegrationTypes = null, Contexts = null }).ToList();
        foreach (var guild in guilds)
        {
            try
            {
                await rest.PutCommandsAsync(applicationId, guild, ofServer, cancellationToken);
                RegisteredInServer(commands.Count, guild);
            }
            catch (DiscordRestException refused) when (!refused.IsTransient && refused.Status != HttpStatusCode.Unauthorized)
            {
                // The other servers may take them.
                NotAccepted($"server {guild}: {refused.Message}");
            }
        }
    }

    [LoggerMessage(521, LogLevel.Information, "{Count} commands are registered")]
    private partial void Registered(int count);

    [LoggerMessage(522, LogLevel.Information, "{Count} commands are registered in server {GuildId}")]
    private partial void RegisteredInServer(int count, string guildId);

    [LoggerMessage(523, LogLevel.Warning, "The commands could not be registered yet: {Reason}")]
    private partial void NotSetUp(string reason);

    [LoggerMessage(524, LogLevel.Error, "Discord does not accept the commands: {Reason}")]
    private partial void NotAccepted(string reason);
}
