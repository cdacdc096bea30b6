using System.Globalization;
using System.Text;

namespace CodeInterpreter.Discord.Bot.Rendering;

/// <summary>Files in a message: their sizes, their names as attachments, and their lines.</summary>
internal static class FileText
{
    private const int Kilobyte = 1024;
    private const int MaxAttachmentName = 80;

    /// <summary>A size for people.</summary>
    public static string Size(long bytes) =>
        bytes switch
        {
            1 => "1 byte",
            < Kilobyte => Invariant($"{bytes} bytes"),
            < Kilobyte * Kilobyte => Invariant($"{(double)bytes / Kilobyte:0.0} KB"),
            _ => Invariant($"{(double)bytes / Kilobyte / Kilobyte:0.0} MB"),
        };

    /// <summary>What every file of a message says of itself.</summary>
    public static string Line(string name, string type, long size, string id) =>
        $"• {SafeText.Code(name)} ({SafeText.Plain(type, 20)}, {Size(size)}) ID `{id}`";

    /// <summary>The name of an attachment: without folders, and with nothing but what Discord keeps of a name.</summary>
    public static string AttachmentName(string path)
    {
        var name = new StringBuilder();
        foreach (var rune in path[(path.LastIndexOf('/') + 1)..].EnumerateRunes())
            name.Append(rune.IsAscii && (Rune.IsLetterOrDigit(rune) || rune.Value is '.' or '_' or '-') ? (char)rune.Value : '_');
        var safe = name.ToString().TrimStart('.');
        if (safe.Length > MaxAttachmentName)
            safe = safe[..(MaxAttachmentName / 2)] + safe[^(MaxAttachmentName / 2)..];
        return safe.Length == 0 ? "file" : safe;
    }

    /// <summary>What stands for a file that is too large to attach.</summary>
    /// <param name="link">Its link; null where there is none.</param>
    /// <param name="maxFileBytes">The largest file that could be attached.</param>
    public static string Instead(string? link, long maxFileBytes) =>
        link is null ? $"It is larger than {Size(maxFileBytes)}, which is the most that Discord takes here." : $"[Download](<{link}>)";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
