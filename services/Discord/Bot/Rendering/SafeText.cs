using System.Text;
using System.Text.RegularExpressions;

namespace CodeInterpreter.Discord.Bot.Rendering;

/// <summary>Text of others, such as output and file names, made harmless: it ends no block, formats nothing and mentions nobody.</summary>
internal static partial class SafeText
{
    // Invisible, and enough for Discord not to see what stands around it as one.
    private const char Break = '\u200b';
    private const string Markdown = "\\*_~|`[]<>#";

    /// <summary>Cleaned output for a code block.</summary>
    public static string ForBlock(string clean) => Mention().Replace(Backticks().Replace(clean, "`" + Break), "$0" + Break);

    /// <summary>A name in inline code, shortened in its middle.</summary>
    public static string Code(string name, int maxLength = 60)
    {
        var text = OneLine(name).Replace('`', '\'');
        if (text.Length > maxLength)
            text = $"{Cut.Start(text, maxLength / 2)}…{Cut.End(text, maxLength / 2 - 1)}";
        return $"`{(text.Length == 0 ? "?" : Mention().Replace(text, "$0" + Break))}`";
    }

    /// <summary>A sentence that shows as it is written, shortened at its end.</summary>
    public static string Plain(string sentence, int maxLength = 200)
    {
        var text = OneLine(sentence);
        if (text.Length > maxLength)
            text = Cut.Start(text, maxLength - 1) + '…';
        var plain = new StringBuilder();
        foreach (var character in Mention().Replace(text, "$0" + Break))
            (Markdown.Contains(character, StringComparison.Ordinal) ? plain.Append('\\') : plain).Append(character);
        return plain.ToString();
    }

    /// <summary>Whether cleaned output has anything but blanks and colours.</summary>
    public static bool ShowsAnything(string clean) => !string.IsNullOrWhiteSpace(Colours().Replace(clean, ""));

    private static string OneLine(string text) =>
        Colours().Replace(TerminalText.Clean(text), "").ReplaceLineEndings(" ").Replace('\t', ' ').Trim();

    // One backtick before another, even where a colour stands between them.
    [GeneratedRegex(@"`(?=(?:\x1B\[[0-9;]*m)*`)")]
    private static partial Regex Backticks();

    [GeneratedRegex("<(?=@)|@(?=everyone|here)")]
    private static partial Regex Mention();

    [GeneratedRegex(@"\x1B\[[0-9;]*m")]
    private static partial Regex Colours();
}
