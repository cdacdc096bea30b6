namespace CodeInterpreter.Discord.Platform.Interactions;

internal enum InteractionContext
{
    Guild = 0,

    /// <summary>A conversation with the bot.</summary>
    BotDirectMessage = 1,

    /// <summary>A conversation of others.</summary>
    PrivateChannel = 2,
}
