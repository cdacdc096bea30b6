using System.Text;
using CodeInterpreter.Client;

namespace CodeInterpreter.Discord.Bot.Rendering;

/// <summary>A result as messages: how it ended, the output, and the files with their ids.</summary>
internal static class ResultMessages
{
    /// <summary>The first answer and its follow-ups; Discord allows five of these in the strictest case.</summary>
    public const int MaxMessages = 5;

    private const string OutputName = "output.txt";
    private const int MaxSkipped = 3;
    private const int NoteLength = 60;

    // For the note below a block, with a link at its longest.
    private const int BlockNoteLength = 600;

    public static IReadOnlyList<OutgoingMessage> Of(Delivery delivery)
    {
        var result = delivery.Result;
        var pages = new MessagePages(delivery.MaxRequestBytes, MaxMessages);
        AddOutput(pages, delivery);
        foreach (var skipped in result.SkippedFiles.Take(MaxSkipped))
            pages.TryAdd($"⚠️ Not kept: {SafeText.Code(skipped.Path)}. {SafeText.Plain(skipped.Detail, 100)}");
        if (result.SkippedFileCount > MaxSkipped)
            pages.TryAdd($"⚠️ Not kept: {result.SkippedFileCount - MaxSkipped} more.");
        if (result.GeneratedFiles.Count > 0)
            pages.TryAdd($"📎 Generated {result.GeneratedFiles.Count} file(s):");
        AddFiles(pages, delivery);
        return pages.Messages;
    }

    /// <summary>The output alone, as much as a message takes, and the whole as a file where that is not all.</summary>
    public static OutgoingMessage WholeOutput(Delivery delivery)
    {
        var pages = new MessagePages(delivery.MaxRequestBytes, maxMessages: 1);
        AddOutput(pages, delivery, OutputBlock.Most(delivery.Output, MessagePages.MaxLength - BlockNoteLength));
        return pages.Messages[0];
    }

    /// <summary>Whether the output has more than its block shows.</summary>
    public static bool IsOutputCut(Delivery delivery) => delivery.WholeOutput is not null || OutputBlock.Beginning(delivery.Output).IsCut;

    private static void AddOutput(MessagePages pages, Delivery delivery)
    {
        pages.TryAdd(OutcomeText.Of(delivery.Result));
        AddOutput(pages, delivery, OutputBlock.Beginning(delivery.Output));
    }

    private static void AddOutput(MessagePages pages, Delivery delivery, OutputBlock block)
    {
        pages.TryAdd(block.Text.Length > 0 ? block.Text : "No output.");
        if (!block.IsCut && delivery.WholeOutput is null)
            return;
        var whole = WholeOutputOf(delivery);
        if (delivery.Fits(whole.Size))
            pages.TryAdd($"✂️ The whole output is in `{OutputName}`.", whole);
        else
            pages.TryAdd($"✂️ The output is longer. {LinkTo(delivery, whole.FileId ?? "")}");
    }

    // More than the service keeps with a result is in a stored file.
    private static OutgoingFile WholeOutputOf(Delivery delivery)
    {
        if (delivery.WholeOutput is { } stored)
            return new OutgoingFile(OutputName, stored.Size, stored.FileId);
        var bytes = Encoding.UTF8.GetBytes(delivery.Output);
        return new OutgoingFile(OutputName, bytes.Length, null, bytes);
    }

    private static void AddFiles(MessagePages pages, Delivery delivery)
    {
        var files = delivery.Result.GeneratedFiles;
        for (var index = 0; index < files.Count; index++)
        {
            if (TryAddFile(pages, delivery, files[index]))
                continue;
            pages.TryAdd($"… and {files.Count - index} more: `/files` lists them.");
            return;
        }
    }

    private static bool TryAddFile(MessagePages pages, Delivery delivery, GeneratedFile file)
    {
        var line = FileText.Line(file.Filename, file.Type, file.Size, file.FileId);
        return delivery.Fits(file.Size)
            ? pages.TryAdd(line, new OutgoingFile(FileText.AttachmentName(file.Filename), file.Size, file.FileId), NoteLength)
            : pages.TryAdd($"{line} {LinkTo(delivery, file.FileId)}", null, NoteLength);
    }

    private static string LinkTo(Delivery delivery, string fileId) =>
        FileText.Instead(delivery.Links.GetValueOrDefault(fileId), delivery.MaxFileBytes);
}
