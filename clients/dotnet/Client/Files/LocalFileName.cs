using System.Globalization;
using System.Text;

namespace CodeInterpreter.Client;

/// <summary>Makes names for this machine of names that code chose.</summary>
public static class LocalFileName
{
    private const int MostLetters = 120;

    // Reserved on Windows, with any extension.
    private static readonly HashSet<string> Devices = new(
        [
            "CON",
            "PRN",
            "AUX",
            "NUL",
            .. Enumerable.Range(0, 10).Select(number => $"COM{number}"),
            .. Enumerable.Range(0, 10).Select(number => $"LPT{number}"),
        ],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>
    /// Returns a relative path that is harmless on every system: it stays below the directory that it is combined with, names no device,
    /// and
    /// has no characters that are reserved, invisible, or turn the direction of text. Two names may become one.
    /// </summary>
    /// <param name="filename">The name of a file in the service, with <c>/</c> between folders.</param>
    public static string From(string filename)
    {
        ArgumentNullException.ThrowIfNull(filename);
        var parts = filename.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(ToPart).ToArray();
        return parts.Length == 0 ? "_" : Path.Combine(parts);
    }

    private static string ToPart(string part)
    {
        var name = new StringBuilder();
        foreach (var rune in part.EnumerateRunes())
        {
            if (IsHarmless(rune))
                name.Append(rune);
            else
                name.Append('_');
        }

        var text = Shorten(name.ToString()).TrimEnd('.', ' ');
        if (text.Length == 0)
            return "_";
        return Devices.Contains(text.Split('.')[0].TrimEnd()) ? "_" + text : text;
    }

    private static bool IsHarmless(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse
            )
        && (!rune.IsBmp || !"<>:\"\\|?*".Contains((char)rune.Value, StringComparison.Ordinal));

    // Keeps the extension, and no half of a character.
    private static string Shorten(string name)
    {
        if (name.Length <= MostLetters)
            return name;
        var extension = Path.GetExtension(name) is { Length: <= 20 } known ? known : "";
        var length = MostLetters - extension.Length;
        if (char.IsHighSurrogate(name[length - 1]))
            length--;
        return name[..length] + extension;
    }
}
