using CodeInterpreter.Discord.Bot.Answers;
using CodeInterpreter.Discord.Bot.Interpreters;
using CodeInterpreter.Discord.Bot.Rendering;
using CodeInterpreter.Discord.Bot.Requests;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Messages;
using CodeInterpreter.Discord.Platform.Rest;

namespace CodeInterpreter.Discord.Bot.Commands;

/// <summary>The buttons below answers. Anybody can press any button, so each press is checked.</summary>
internal sealed class Buttons(RequestIntake intake, IInterpreter interpreter, AnswerSender sender, IDiscordRest discord, CommandWork work)
{
    private const string TooOld = "This answer is older than 48 hours: its code is not kept any more.";
    private const string NotYours = "Only the one who ran this code may do that. You can run it yourself with `/run`.";
    private const string NotYoursToDelete =
        "Only the one who ran this code, and people who may manage messages here, may delete the answer.";
    private const string NoResult = "There is no result of it.";

    /// <summary>Runs the same code with the same files once more.</summary>
    public async ValueTask<InteractionAnswer> RunAgainAsync(Interaction interaction, string id, CancellationToken cancellationToken)
    {
        if (await intake.FindAsync(id, cancellationToken) is not { } request)
            return InteractionResponse.Private(TooOld);
        return request.UserId == interaction.Invoker!.Id
            ? await intake.AcceptAsync(interaction, request.Code, cancellationToken)
            : InteractionResponse.Private(NotYours);
    }

    /// <summary>Deletes the message. The message itself says who ran the code, however long ago that was.</summary>
    public async ValueTask<InteractionAnswer> DeleteAsync(Interaction interaction, string id, CancellationToken cancellationToken)
    {
        var author = interaction.Message?.InteractionMetadata?.User?.Id ?? (await intake.FindAsync(id, cancellationToken))?.UserId;
        var isAllowed = author == interaction.Invoker!.Id || interaction.Member?.May(Permission.ManageMessages) == true;
        return isAllowed
            ? new InteractionAnswer(
                InteractionResponse.DeferredUpdate,
                stopping => discord.DeleteOriginalAsync(interaction.Reply, stopping)
            )
            : InteractionResponse.Private(NotYoursToDelete);
    }

    /// <summary>Shows all of the output to the one who ran the code.</summary>
    public async ValueTask<InteractionAnswer> ShowOutputAsync(Interaction interaction, string id, CancellationToken cancellationToken)
    {
        if (await intake.FindAsync(id, cancellationToken) is not { } request)
            return InteractionResponse.Private(TooOld);
        return request.UserId == interaction.Invoker!.Id
            ? work.Privately(interaction, token => OutputAsync(interaction, request, token))
            : InteractionResponse.Private(NotYours);
    }

    private async Task OutputAsync(Interaction interaction, StoredRequest request, CancellationToken cancellationToken)
    {
        var result = request.ExecutionId is { } execution
            ? await interpreter.FindResultAsync(request.UserId, execution, cancellationToken)
            : null;
        if (result is null)
        {
            await sender.SendAsync(interaction.Reply, NoResult, cancellationToken);
            return;
        }

        var delivery = new Delivery(result, interaction.AttachmentSizeLimit ?? RequestIntake.DefaultMaxFileBytes);
        var message = ResultMessages.WholeOutput(await sender.CompleteAsync(request.UserId, delivery, cancellationToken));
        await discord.EditOriginalAsync(
            interaction.Reply,
            new MessageBody { Content = message.Content },
            sender.Parts(request.UserId, message),
            cancellationToken
        );
    }
}
