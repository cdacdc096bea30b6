using System.Globalization;
using CodeInterpreter.Client;

namespace CodeInterpreter.Discord.Bot.Rendering;

/// <summary>Stored files as messages.</summary>
internal static class FileListText
{
    private const int NoteLength = 60;

    /// <summary>The newest files, as many as a message takes.</summary>
    /// <param name="newest">Some of them, the newest first.</param>
    /// <param name="usage">How many there are.</param>
    public static string Of(IReadOnlyList<StoredFile> newest, FileUsage usage)
    {
        if (newest.Count == 0)
            return "You have no files. What your code writes into its working directory is kept for 48 hours.";
        var pages = new MessagePages(long.MaxValue, maxMessages: 1);
        pages.TryAdd(Invariant($"📎 You have {usage.Files} file(s) with {FileText.Size(usage.Bytes)}:"));
        var listed = newest.TakeWhile(file => pages.TryAdd(Line(file), null, NoteLength)).Count();
        if (listed < usage.Files)
            pages.TryAdd(Invariant($"… and {usage.Files - listed} older ones."));
        return pages.Messages[0].Content;
    }

    /// <summary>One file, attached where it is small enough.</summary>
    public static OutgoingMessage Of(StoredFile file, long maxFileBytes, string? link)
    {
        if (file.Size <= maxFileBytes)
            return new OutgoingMessage(Line(file), [new OutgoingFile(FileText.AttachmentName(file.Filename), file.Size, file.FileId)]);
        return new OutgoingMessage($"{Line(file)}\n{FileText.Instead(link, maxFileBytes)}", []);
    }

    // Discord shows the time as the reader's clock has it.
    private static string Line(StoredFile file) =>
        $"{FileText.Line(file.Filename, file.Type, file.Size, file.FileId)}, expires <t:{file.ExpiresAt.ToUnixTimeSeconds()}:R>";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
