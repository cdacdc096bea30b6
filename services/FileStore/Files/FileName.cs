using System.Globalization;
using System.Text;

namespace CodeInterpreter.FileStore.Files;

/// <summary>
/// The rules for the name a file is stored under: a relative path with <c>/</c> between folders. The name is data only,
/// it never becomes part of a path on the store's disk, so whatever is a legal name where the file was made passes
/// unchanged: spaces, quotes, leading dashes, emoji, and also <c>\</c>, which is an ordinary character on Linux.
/// </summary>
internal static class FileName
{
    public const int MaxBytes = 1024;

    /// <summary>Longest part between slashes: what the file systems of sandboxes take.</summary>
    public const int MaxPartBytes = 255;

    /// <summary>What is wrong with <paramref name="name"/>, or null when nothing is.</summary>
    public static string? Check(string name)
    {
        if (name.Length == 0)
        {
            return "must not be empty.";
        }

        if (Encoding.UTF8.GetByteCount(name) > MaxBytes)
        {
            return $"must not be longer than {MaxBytes} bytes of UTF-8.";
        }

        if (name.Any(BreaksLines))
        {
            return "must not contain control characters or line separators.";
        }

        var parts = name.Split('/');
        if (parts.Any(part => part is "" or "." or ".."))
        {
            return "must be a relative path without empty parts, '.' and '..'.";
        }

        return parts.Any(part => Encoding.UTF8.GetByteCount(part) > MaxPartBytes)
            ? $"must not have parts of more than {MaxPartBytes} bytes of UTF-8 between slashes."
            : null;
    }

    // Besides the control characters, U+2028 and U+2029 end a line for many readers of logs, JSON lines and headers.
    private static bool BreaksLines(char character) =>
        char.GetUnicodeCategory(character)
            is UnicodeCategory.Control
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
