using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Telemetry;
using CodeInterpreter.Discord.Settings;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Discord.Platform.Receiving;

/// <summary>
/// The one way from Discord to the bot, whether an interaction came over HTTP or the gateway: pings are answered, servers that are not
/// allowed are refused, and the bot's failures become an answer.
/// </summary>
internal sealed partial class InteractionReceiver(
    IInteractionHandler handler,
    DiscordInstruments instruments,
    IOptions<DiscordOptions> options,
    TimeProvider time,
    ILogger<InteractionReceiver> logger
)
{
    private readonly HashSet<string> _allowedGuilds = [.. options.Value.AllowedGuildIds];

    /// <summary>Returns the first answer. Its continuation is for the caller to start.</summary>
    public async ValueTask<InteractionAnswer> ReceiveAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        var (answer, outcome) = await AnswerAsync(interaction, cancellationToken);
        instruments.Answered(interaction.Type, outcome, time.GetElapsedTime(begin));
        return answer;
    }

    private async ValueTask<(InteractionAnswer Answer, string Outcome)> AnswerAsync(
        Interaction interaction,
        CancellationToken cancellationToken
    )
    {
        if (interaction.Type == InteractionType.Ping)
            return (InteractionResponse.Pong, "answered");
        if (interaction.Type is not (InteractionType.Command or InteractionType.Component or InteractionType.Modal))
            return (InteractionResponse.Private("This bot does not support that."), "unsupported");
        if (_allowedGuilds.Count > 0 && !_allowedGuilds.Contains(interaction.GuildId ?? ""))
            return (InteractionResponse.Private(NotAllowed(interaction)), "refused");

        try
        {
            return (await handler.HandleAsync(interaction, cancellationToken), "answered");
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            HandlerFailed(interaction.Id, exception);
            return (InteractionResponse.Private("Something went wrong in the bot. Please try again later."), "failed");
        }
    }

    private static string NotAllowed(Interaction interaction) =>
        interaction.GuildId is null
            ? "This bot works in certain servers only, and not in direct messages."
            : "This bot is not enabled in this server. Ask the operator of the bot to allow it.";

    [LoggerMessage(500, LogLevel.Error, "Interaction {InteractionId} failed")]
    private partial void HandlerFailed(string interactionId, Exception exception);
}
