using System.Globalization;
using System.Text;

namespace CodeInterpreter.ServiceDefaults.Naming;

/// <summary>
/// The rules for the name of a file: a relative path with <c>/</c> between folders. A name is data and never becomes part of a path on a
/// service's own disk. So every name that is legal where the file was made is accepted: spaces, quotes, leading dashes, emoji, and also
/// <c>\</c>, an ordinary character on Linux. The supervisor of a sandbox has the same rules; the tests of both read the same examples.
/// </summary>
public static class FilePath
{
    /// <summary>Longest path, in bytes of UTF-8.</summary>
    public const int MaxBytes = 1024;

    /// <summary>Longest part between slashes, in bytes of UTF-8: the limit of the file systems in sandboxes.</summary>
    public const int MaxPartBytes = 255;

    /// <summary>What is wrong with the path, as the end of a sentence about it; null when nothing is.</summary>
    /// <param name="path">The path; null is as wrong as an empty one.</param>
    /// <param name="maxPartBytes">Longest part. A path that is only shown may have longer parts than a file system takes.</param>
    public static string? FaultOf(string? path, int maxPartBytes = MaxPartBytes)
    {
        if (string.IsNullOrEmpty(path))
            return "must not be empty.";
        if (Encoding.UTF8.GetByteCount(path) > MaxBytes)
            return $"must not be longer than {MaxBytes} bytes of UTF-8.";
        if (path.Any(BreaksLines))
            return "must not contain control characters or line separators.";

        var parts = path.Split('/');
        if (parts.Any(LeadsElsewhere))
            return "must be a relative path without empty parts, '.' and '..'.";
        return parts.Any(part => Encoding.UTF8.GetByteCount(part) > maxPartBytes)
            ? $"must not have parts of more than {maxPartBytes} bytes of UTF-8 between slashes."
            : null;
    }

    /// <summary>Whether a part between slashes is missing, or leads to its own folder or the one above.</summary>
    public static bool LeadsElsewhere(string part) => part is "" or "." or "..";

    /// <summary>
    /// Whether it is a control character, or U+2028 or U+2029, which end a line for many readers of logs, JSON lines and headers.
    /// </summary>
    public static bool BreaksLines(char character) =>
        char.GetUnicodeCategory(character)
            is UnicodeCategory.Control
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
