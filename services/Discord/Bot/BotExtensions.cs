using CodeInterpreter.Discord.Bot.Answers;
using CodeInterpreter.Discord.Bot.Attachments;
using CodeInterpreter.Discord.Bot.Commands;
using CodeInterpreter.Discord.Bot.Interpreters;
using CodeInterpreter.Discord.Bot.Requests;
using CodeInterpreter.Discord.Bot.Settings;
using CodeInterpreter.Discord.Platform.Commands;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.ServiceDefaults.Databases;
using CodeInterpreter.ServiceDefaults.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Discord.Bot;

/// <summary>Registers what the bot does.</summary>
internal static class BotExtensions
{
    /// <summary>
    /// Registers the handler of interactions and the commands. They need <see cref="Platform.Rest.IDiscordRest"/> and a
    /// <see cref="Client.CodeInterpreterClient"/>.
    /// </summary>
    public static IServiceCollection AddBot(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BotOptions>, BotOptionsRules>());
        services.AddSettings<BotOptions>(BotOptions.Section).ValidateOnStart();
        services.AddHostedService<DataDirectory>();
        services.AddDatabase<IRequestStore, SqliteRequestStore, MongoRequestStore>();
        services.TryAddSingleton(TimeProvider.System);
        // Without logs: the addresses of attachments are secrets of their users.
        services
            .AddHttpClient<AttachmentClient>()
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    ConnectTimeout = TimeSpan.FromSeconds(10),
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                }
            )
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.AddSingleton<IInterpreter, ClientInterpreter>();
        services.AddSingleton<ActiveAnswers>();
        services.AddSingleton<InputPreparer>();
        services.AddSingleton<LiveAnswer>();
        services.AddSingleton<AnswerSender>();
        services.AddSingleton<AnswerWorker>();
        services.AddHostedService<LeaseKeeper>();
        services.AddSingleton<RequestIntake>();
        services.AddSingleton<CommandWork>();
        services.AddSingleton<RunCommand>();
        services.AddSingleton<FileCommands>();
        services.AddSingleton<Buttons>();
        services.AddSingleton<ICommandSource, BotCommands>();
        services.AddSingleton<IInteractionHandler, BotHandler>();
        return services;
    }
}
