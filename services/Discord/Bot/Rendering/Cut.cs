namespace CodeInterpreter.Discord.Bot.Rendering;

/// <summary>Cuts texts to lengths in UTF-16 code units, as Discord counts, and never through a character or a colour.</summary>
internal static class Cut
{
    private const int LongestColour = 24;

    /// <summary>The start of the text.</summary>
    public static string Start(string text, int maxLength) => text.Length <= maxLength ? text : text[..Before(text, maxLength)];

    /// <summary>The end of the text.</summary>
    public static string End(string text, int maxLength)
    {
        if (text.Length <= maxLength)
            return text;
        var start = text.Length - maxLength;
        var before = Before(text, start);
        return text[(before == start ? start : After(text, before))..];
    }

    // Colours are short: one that reaches over the place starts closely before it.
    private static int Before(string text, int place)
    {
        for (var start = Math.Max(0, place - LongestColour); start < place; start++)
        {
            if (text[start] == '\u001b' && start + TerminalText.ColourLength(text, start) > place)
                return start;
        }

        return place > 0 && place < text.Length && char.IsSurrogatePair(text, place - 1) ? place - 1 : place;
    }

    private static int After(string text, int start) => start + Math.Max(2, TerminalText.ColourLength(text, start));
}
