using CodeInterpreter.Discord.Platform.Commands;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Messages;

namespace CodeInterpreter.Discord.Platform.Rest;

/// <summary>
/// Discord's HTTP API. Each call waits for rate limits, and repeats what may be repeated; all throw <see cref="DiscordRestException"/> when
/// Discord refuses or does not answer. What answers an interaction works for 15 minutes and needs no bot token.
/// </summary>
internal interface IDiscordRest
{
    /// <summary>Gives the first answer to an interaction that came over the gateway. Over HTTP it is in the response.</summary>
    Task AnswerAsync(string interactionId, InteractionToken token, InteractionResponse response, CancellationToken cancellationToken);

    /// <summary>Edits the first answer, or fills it in after a deferral. The files are added to those that it keeps.</summary>
    Task<Message> EditOriginalAsync(
        InteractionToken token,
        MessageBody message,
        IReadOnlyList<FilePart> files,
        CancellationToken cancellationToken
    );

    /// <summary>Deletes the first answer; for a button, the message that it is on.</summary>
    Task DeleteOriginalAsync(InteractionToken token, CancellationToken cancellationToken);

    /// <summary>Sends a further message. It is not repeated where it may have been sent already.</summary>
    Task<Message> FollowUpAsync(
        InteractionToken token,
        MessageBody message,
        IReadOnlyList<FilePart> files,
        CancellationToken cancellationToken
    );

    /// <summary>Edits a further message.</summary>
    Task<Message> EditMessageAsync(
        InteractionToken token,
        string messageId,
        MessageBody message,
        IReadOnlyList<FilePart> files,
        CancellationToken cancellationToken
    );

    /// <summary>Deletes a further message.</summary>
    Task DeleteMessageAsync(InteractionToken token, string messageId, CancellationToken cancellationToken);

    /// <summary>The application that the bot token belongs to.</summary>
    Task<Application> GetApplicationAsync(CancellationToken cancellationToken);

    /// <summary>Replaces all commands of the application. Needs the bot token.</summary>
    /// <param name="applicationId">The application.</param>
    /// <param name="guildId">The server whose commands these are; null for commands that work everywhere.</param>
    /// <param name="commands">All of them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task PutCommandsAsync(
        string applicationId,
        string? guildId,
        IReadOnlyList<ApplicationCommand> commands,
        CancellationToken cancellationToken
    );

    /// <summary>Where the gateway is. Needs the bot token.</summary>
    Task<GatewayAddress> GetGatewayAsync(CancellationToken cancellationToken);
}
