using CodeInterpreter.Discord.Platform.Messages;

namespace CodeInterpreter.Discord.Bot.Rendering;

/// <summary>The buttons below an answer. Their ids have the id of the request, and nothing that has to be kept secret.</summary>
internal static class AnswerButtons
{
    /// <summary>Runs the same code once more.</summary>
    public const string Again = "again";

    /// <summary>Deletes the message.</summary>
    public const string Delete = "delete";

    /// <summary>Shows all of the output to the one who presses it.</summary>
    public const string Output = "output";

    public static MessageComponent RowFor(string requestId, bool isOutputCut) =>
        MessageComponent.Row([
            MessageComponent.Button(ButtonStyle.Primary, "Run again", $"{Again}:{requestId}"),
            .. isOutputCut
                ? [MessageComponent.Button(ButtonStyle.Secondary, "Full output", $"{Output}:{requestId}")]
                : Array.Empty<MessageComponent>(),
            MessageComponent.Button(ButtonStyle.Danger, "Delete", $"{Delete}:{requestId}"),
        ]);
}
