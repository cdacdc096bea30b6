using CodeInterpreter.Discord.Bot.Rendering;
using CodeInterpreter.Discord.Platform.Commands;
using CodeInterpreter.Discord.Platform.Interactions;

namespace CodeInterpreter.Discord.Bot.Commands;

/// <summary>Gives every interaction to what answers it.</summary>
internal sealed class BotHandler(RunCommand run, FileCommands files, Buttons buttons) : IInteractionHandler
{
    private const string Unknown = "This bot does not know that. It may be older than its commands; `/help` says what it can do.";

    public ValueTask<InteractionAnswer> HandleAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        if (interaction is not { Invoker: not null, Data: { } data })
            return ValueTask.FromResult(NotKnown);
        var (name, id) = Split(data.CustomId ?? "");
        return interaction.Type switch
        {
            InteractionType.Command => CommandAsync(interaction, data, cancellationToken),
            InteractionType.Component => ButtonAsync(interaction, name, id, cancellationToken),
            InteractionType.Modal when name == RunCommand.Modal => run.SubmitAsync(interaction, id, cancellationToken),
            _ => ValueTask.FromResult(NotKnown),
        };
    }

    private static InteractionAnswer NotKnown => InteractionResponse.Private(Unknown);

    private ValueTask<InteractionAnswer> CommandAsync(Interaction interaction, InteractionData data, CancellationToken cancellationToken) =>
        (data.Type, data.Name) switch
        {
            (CommandType.Message, BotCommands.RunMessage) => run.RunMessageAsync(interaction, cancellationToken),
            (CommandType.Slash, BotCommands.Run) => run.RunAsync(interaction, cancellationToken),
            (CommandType.Slash, BotCommands.Files) => ValueTask.FromResult(files.List(interaction)),
            (CommandType.Slash, BotCommands.File) => ValueTask.FromResult(files.Show(interaction)),
            (CommandType.Slash, BotCommands.Delete) => ValueTask.FromResult(files.Delete(interaction)),
            (CommandType.Slash, BotCommands.Help) => ValueTask.FromResult<InteractionAnswer>(InteractionResponse.Private(HelpText.Text)),
            _ => ValueTask.FromResult(NotKnown),
        };

    private ValueTask<InteractionAnswer> ButtonAsync(
        Interaction interaction,
        string name,
        string id,
        CancellationToken cancellationToken
    ) =>
        name switch
        {
            AnswerButtons.Again => buttons.RunAgainAsync(interaction, id, cancellationToken),
            AnswerButtons.Delete => buttons.DeleteAsync(interaction, id, cancellationToken),
            AnswerButtons.Output => buttons.ShowOutputAsync(interaction, id, cancellationToken),
            FileCommands.DeleteAll => ValueTask.FromResult(files.ConfirmDeleteAll(interaction)),
            _ => ValueTask.FromResult(NotKnown),
        };

    private static (string Name, string Id) Split(string customId) =>
        customId.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0
            ? (customId[..colon], customId[(colon + 1)..])
            : (customId, "");
}
