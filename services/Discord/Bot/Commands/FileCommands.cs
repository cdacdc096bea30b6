using CodeInterpreter.Discord.Bot.Answers;
using CodeInterpreter.Discord.Bot.Interpreters;
using CodeInterpreter.Discord.Bot.Rendering;
using CodeInterpreter.Discord.Bot.Requests;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Messages;
using CodeInterpreter.Discord.Platform.Rest;

namespace CodeInterpreter.Discord.Bot.Commands;

/// <summary><c>/files</c>, <c>/file</c> and <c>/delete</c>. Everybody sees and deletes what is theirs, on any server.</summary>
internal sealed class FileCommands(
    IInterpreter interpreter,
    IRequestStore store,
    AnswerSender sender,
    IDiscordRest discord,
    CommandWork work
)
{
    /// <summary>The name of the button that deletes everything of the one who presses it.</summary>
    public const string DeleteAll = "delete-all";

    private const int MaxListed = 30;
    private const string NoId = "Give the id of a file. `/files` lists yours.";

    /// <summary>Lists the newest files.</summary>
    public InteractionAnswer List(Interaction interaction) =>
        work.Privately(
            interaction,
            async token =>
            {
                var userId = interaction.Invoker!.Id;
                var usage = await interpreter.GetUsageAsync(userId, token);
                var newest = await interpreter.ListFilesAsync(userId, token).Take(MaxListed).ToListAsync(token);
                await sender.SendAsync(interaction.Reply, FileListText.Of(newest, usage), token);
            }
        );

    /// <summary>Sends a file, or a link to it.</summary>
    public InteractionAnswer Show(Interaction interaction)
    {
        if (interaction.Data!.Option(BotCommands.IdOption)?.Text?.Trim() is not { Length: > 0 } id)
            return InteractionResponse.Private(NoId);
        return work.Privately(
            interaction,
            async token =>
            {
                var userId = interaction.Invoker!.Id;
                var file = await interpreter.GetFileAsync(userId, id, token);
                var max = interaction.AttachmentSizeLimit ?? RequestIntake.DefaultMaxFileBytes;
                var link = file.Size > max ? await interpreter.FindLinkAsync(userId, id, token) : null;
                var message = FileListText.Of(file, max, link);
                await discord.EditOriginalAsync(
                    interaction.Reply,
                    new MessageBody { Content = message.Content },
                    sender.Parts(userId, message),
                    token
                );
            }
        );
    }

    /// <summary>Deletes a file; without an id, asks whether to delete everything.</summary>
    public InteractionAnswer Delete(Interaction interaction)
    {
        if (interaction.Data!.Option(BotCommands.IdOption)?.Text?.Trim() is not { Length: > 0 } id)
            return AskToDeleteAll();
        return work.Privately(
            interaction,
            async token =>
            {
                await interpreter.DeleteFileAsync(interaction.Invoker!.Id, id, token);
                await sender.SendAsync(interaction.Reply, $"🗑️ Deleted {SafeText.Code(id, 160)}.", token);
            }
        );
    }

    /// <summary>Deletes the files, the results and the remembered code of the one who presses the button.</summary>
    public InteractionAnswer ConfirmDeleteAll(Interaction interaction) =>
        work.Privately(
            interaction,
            async token =>
            {
                var userId = interaction.Invoker!.Id;
                var files = await interpreter.DeleteAllAsync(userId, token);
                await store.DeleteOfUserAsync(userId, token);
                await sender.SendAsync(
                    interaction.Reply,
                    $"🗑️ Deleted {files} file(s), the results and the code of yours. Messages on Discord stay: delete them there.",
                    token
                );
            }
        );

    private static InteractionAnswer AskToDeleteAll() =>
        InteractionResponse.Message(
            new MessageBody
            {
                Content = "Delete all of your files, results and code that are stored here, on all servers? Messages on Discord stay.",
                Flags = MessageFlags.Ephemeral,
                Components = [MessageComponent.Row(MessageComponent.Button(ButtonStyle.Danger, "Delete everything", DeleteAll))],
            }
        );
}
