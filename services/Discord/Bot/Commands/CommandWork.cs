using CodeInterpreter.Client;
using CodeInterpreter.Discord.Bot.Answers;
using CodeInterpreter.Discord.Bot.Rendering;
using CodeInterpreter.Discord.Platform.Interactions;

namespace CodeInterpreter.Discord.Bot.Commands;

/// <summary>Work that only its user sees. It is not continued after a restart: it takes a moment, and can be asked for again.</summary>
internal sealed partial class CommandWork(AnswerSender sender, ILogger<CommandWork> logger)
{
    /// <summary>Answers at once, and does the work behind it.</summary>
    public InteractionAnswer Privately(Interaction interaction, Func<CancellationToken, Task> work) =>
        new(InteractionResponse.DeferredMessage(ephemeral: true), token => DoAsync(interaction, work, token));

    private async Task DoAsync(Interaction interaction, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
        }
        catch (CodeInterpreterException exception)
        {
            Failed(logger, exception.Reason);
            await sender.SendAsync(interaction.Reply, FailureText.Of(exception), cancellationToken);
        }
    }

    [LoggerMessage(559, LogLevel.Information, "A command was not served: {Reason}")]
    private static partial void Failed(ILogger logger, string reason);
}
