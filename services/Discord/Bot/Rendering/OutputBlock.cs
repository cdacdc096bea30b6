namespace CodeInterpreter.Discord.Bot.Rendering;

/// <summary>Output in a code block.</summary>
/// <param name="Text">The block; empty where the output shows nothing.</param>
/// <param name="IsCut">Whether the output has more.</param>
internal sealed record OutputBlock(string Text, bool IsCut)
{
    /// <summary>Lines of output in a message.</summary>
    public const int MaxLines = 10;

    /// <summary>Characters of output in a message.</summary>
    public const int MaxLength = 1000;

    private static readonly OutputBlock Nothing = new("", false);

    /// <summary>The beginning of the output.</summary>
    public static OutputBlock Beginning(string output) => Of(output, lines => lines.Take(MaxLines), text => Cut.Start(text, MaxLength));

    /// <summary>The end of the output, for code that is running.</summary>
    public static OutputBlock Ending(string output) => Of(output, lines => lines.TakeLast(MaxLines), text => Cut.End(text, MaxLength));

    /// <summary>As much of the output as a message of its own takes.</summary>
    public static OutputBlock Most(string output, int maxLength) => Of(output, lines => lines, text => Cut.Start(text, maxLength));

    private static OutputBlock Of(string output, Func<string[], IEnumerable<string>> select, Func<string, string> cut)
    {
        var clean = TerminalText.Clean(output).TrimEnd();
        if (!SafeText.ShowsAnything(clean))
            return Nothing;
        var selected = string.Join('\n', select(clean.Split('\n')));
        var safe = SafeText.ForBlock(selected);
        var text = cut(safe);
        return new OutputBlock($"```ansi\n{text}\n```", selected.Length < clean.Length || text.Length < safe.Length);
    }
}
