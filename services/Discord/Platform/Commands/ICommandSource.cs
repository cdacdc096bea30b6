namespace CodeInterpreter.Discord.Platform.Commands;

/// <summary>The commands of the bot, for their registration.</summary>
internal interface ICommandSource
{
    IReadOnlyList<ApplicationCommand> Commands { get; }
}
