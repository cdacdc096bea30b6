using System.Text;
using System.Text.RegularExpressions;

namespace CodeInterpreter.Discord.Bot.Rendering;

/// <summary>What a program prints, as an ansi block of Discord shows it: colours stay, all else that steers a terminal goes.</summary>
internal static partial class TerminalText
{
    private const char Escape = '\u001b';

    /// <summary>
    /// The text with lines that end in <c>\n</c>. A carriage return overwrites its line, as progress bars do. What is invisible goes; what
    /// turns the direction of text, and text that is not valid Unicode, becomes U+FFFD.
    /// </summary>
    public static string Clean(string output)
    {
        var text = output.Replace("\r\n", "\n", StringComparison.Ordinal);
        text = Sequence().Replace(text, sequence => Colour().IsMatch(sequence.Value) ? sequence.Value : "");
        text = LoneEscape().Replace(text, "");
        if (text.Contains('\r', StringComparison.Ordinal))
            text = string.Join('\n', text.Split('\n').Select(Overwrite));
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Shown(rune) is { } shown)
                clean.Append(shown);
        }

        return clean.ToString();
    }

    /// <summary>The length of the colour that is set there; 0 where none is.</summary>
    public static int ColourLength(string text, int index) => Colour().Match(text, index).Length;

    private static string Overwrite(string line)
    {
        var kept = line.TrimEnd('\r');
        return kept[(kept.LastIndexOf('\r') + 1)..];
    }

    private static Rune? Shown(Rune rune) =>
        rune.Value switch
        {
            '\n' or '\t' or Escape => rune,
            0x85 or 0x2028 or 0x2029 => new Rune('\n'),
            0x200b or 0x2060 or 0xfeff or 0xad => null,
            (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069) or 0x200e or 0x200f or 0x61c => Rune.ReplacementChar,
            _ => Rune.IsControl(rune) ? null : rune,
        };

    // Cursor and modes; titles and their like, which have an end; anything else of two characters.
    [GeneratedRegex(@"\x1B\[[0-?]*[ -/]*[@-~]|\x1B[\]PX^_][^\x07\x1B]{0,1000}(?:\x07|\x1B\\)|\x1B[ -/]*[0-Z\\-~]")]
    private static partial Regex Sequence();

    [GeneratedRegex(@"\G\x1B\[[0-9;]{0,20}m")]
    private static partial Regex Colour();

    [GeneratedRegex(@"\x1B(?!\[[0-9;]{0,20}m)")]
    private static partial Regex LoneEscape();
}
