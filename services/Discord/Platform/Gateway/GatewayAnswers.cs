using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Receiving;
using CodeInterpreter.Discord.Platform.Rest;

namespace CodeInterpreter.Discord.Platform.Gateway;

/// <summary>Answers interactions that came over the gateway: by a call, as there is no response to put the answer in.</summary>
internal sealed partial class GatewayAnswers(
    InteractionReceiver receiver,
    IDiscordRest rest,
    Continuations continuations,
    TimeProvider time,
    ILogger<GatewayAnswers> logger
)
{
    /// <summary>Discord drops the interaction sooner; this is the end of attempts.</summary>
    private static readonly TimeSpan FirstAnswerTimeout = TimeSpan.FromSeconds(10);

    public void Start(Interaction interaction) => continuations.Start(interaction.Id, stop => AnswerAsync(interaction, stop));

    private async Task AnswerAsync(Interaction interaction, CancellationToken stop)
    {
        // A service that stops still gives first answers: they are short, and without one the interaction fails.
        using var timeout = new CancellationTokenSource(FirstAnswerTimeout, time);
        var answer = await receiver.ReceiveAsync(interaction, timeout.Token);
        try
        {
            await rest.AnswerAsync(interaction.Id, interaction.Reply, answer.First, timeout.Token);
        }
        catch (Exception exception) when (exception is DiscordRestException or OperationCanceledException)
        {
            NotAnswered(interaction.Id, exception.Message);
            return;
        }

        if (answer.Continuation is { } continuation)
            await continuation(stop);
    }

    [LoggerMessage(535, LogLevel.Warning, "Discord did not take the first answer to interaction {InteractionId}: {Reason}")]
    private partial void NotAnswered(string interactionId, string reason);
}
