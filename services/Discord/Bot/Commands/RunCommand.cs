using CodeInterpreter.Discord.Bot.Rendering;
using CodeInterpreter.Discord.Bot.Requests;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Messages;

namespace CodeInterpreter.Discord.Bot.Commands;

/// <summary><c>/run</c>, the modal that it opens without code, and "Run code" in the menu of a message.</summary>
internal sealed class RunCommand(RequestIntake intake)
{
    /// <summary>What the name of the modal begins with; the id of the command that opened it may follow.</summary>
    public const string Modal = "run";

    public const string CodeInput = "code";
    public const string FilesInput = "files";

    private const int MaxModalCode = 4000;
    private const int MaxModalFiles = 10;
    private const string NoCode = "There is no code. Put it into a code block, or attach a .py file.";
    private const string DraftGone = "The files of your command are not remembered any more. Use `/run` again.";

    /// <summary>Runs the code, or asks for it.</summary>
    public async ValueTask<InteractionAnswer> RunAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        var data = interaction.Data!;
        var given = Enumerable
            .Range(1, BotCommands.FileOptions)
            .Select(number => data.Option(BotCommands.FileOption(number))?.Text)
            .OfType<string>();
        var code = new RequestedCode
        {
            Code = data.Option(BotCommands.CodeOption)?.Text ?? "",
            Stdin = data.Option(BotCommands.StdinOption)?.Text ?? "",
            IsPrivate = data.Option(BotCommands.PrivateOption)?.IsTrue ?? false,
            Files = Resolve(given, data.Resolved),
        };
        if (Complete(code) is { } complete)
            return await intake.AcceptAsync(interaction, complete, cancellationToken);
        if (code is { Stdin: "", IsPrivate: false, Files.Count: 0 })
            return AskForCode(Modal);
        return await intake.TryRememberAsync(interaction, code with { Code = "" }, cancellationToken)
            ? AskForCode($"{Modal}:{interaction.Id}")
            : InteractionResponse.Private(FailureText.StoreUnavailable);
    }

    /// <summary>Runs what the modal was filled in with, together with what was given to the command that opened it.</summary>
    public async ValueTask<InteractionAnswer> SubmitAsync(Interaction interaction, string draftId, CancellationToken cancellationToken)
    {
        var data = interaction.Data!;
        var code = new RequestedCode();
        if (draftId.Length > 0)
        {
            if (await intake.FindAsync(draftId, cancellationToken) is not { } draft || draft.UserId != interaction.Invoker!.Id)
                return InteractionResponse.Private(DraftGone);
            code = draft.Code;
        }

        code = code with
        {
            Code = data.Input(CodeInput)?.Value ?? "",
            Files = [.. code.Files, .. Resolve(data.Input(FilesInput)?.Values ?? [], data.Resolved)],
        };
        return Complete(code) is { } complete
            ? await intake.AcceptAsync(interaction, complete, cancellationToken)
            : InteractionResponse.Private(NoCode);
    }

    /// <summary>Runs all code of a message, with its other attachments as files.</summary>
    public async ValueTask<InteractionAnswer> RunMessageAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        if (interaction.Data is not { TargetId: { } id, Resolved: { } resolved } || !resolved.Messages.TryGetValue(id, out var message))
            return InteractionResponse.Private(NoCode);
        var files = message.Attachments.Select(attachment => ToFile(attachment) with { IsCode = IsPython(attachment.Filename) }).ToList();
        var code = CodeBlocks.FindIn(message.Content) ?? (files.Exists(file => file.IsCode) ? "" : message.Content);
        return code.Trim().Length == 0 && !files.Exists(file => file.IsCode)
            ? InteractionResponse.Private(NoCode)
            : await intake.AcceptAsync(interaction, new RequestedCode { Code = code, Files = files }, cancellationToken);
    }

    private static InteractionAnswer AskForCode(string customId) =>
        InteractionResponse.Modal(
            new ModalBody(
                customId,
                "Run Python code",
                [
                    MessageComponent.Labelled(
                        "Code",
                        "Longer code: attach a .py file below and leave this empty.",
                        MessageComponent.Text(CodeInput, MaxModalCode, required: false, "print('Hello')")
                    ),
                    MessageComponent.Labelled(
                        "Files",
                        "The code opens them by their names.",
                        MessageComponent.Upload(FilesInput, MaxModalFiles)
                    ),
                ]
            )
        );

    // Without code in text, Python files are the code.
    private static RequestedCode? Complete(RequestedCode code)
    {
        if (code.Code.Trim().Length > 0)
            return code;
        return code.Files.Any(file => IsPython(file.Name))
            ? code with
            {
                Files = [.. code.Files.Select(file => file with { IsCode = IsPython(file.Name) })],
            }
            : null;
    }

    private static bool IsPython(string name) => name.EndsWith(".py", StringComparison.OrdinalIgnoreCase);

    private static List<RequestedFile> Resolve(IEnumerable<string> ids, ResolvedData? resolved) =>
        [.. ids.Select(id => resolved?.Attachments.GetValueOrDefault(id)).OfType<Attachment>().Select(ToFile)];

    private static RequestedFile ToFile(Attachment attachment) =>
        new()
        {
            Name = attachment.Filename,
            Size = attachment.Size,
            AttachmentId = attachment.Id,
            Url = attachment.Url,
        };
}
