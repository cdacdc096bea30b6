using System.Text.RegularExpressions;

namespace CodeInterpreter.Discord.Bot.Commands;

/// <summary>Finds code in a message.</summary>
internal static partial class CodeBlocks
{
    /// <summary>All code blocks of a message, one after the other; inline code where there are none; null where there is neither.</summary>
    public static string? FindIn(string message)
    {
        var blocks = Block().Matches(message).Select(block => block.Groups["code"].Value.Trim('\n')).Where(code => code.Trim().Length > 0);
        if (string.Join('\n', blocks) is { Length: > 0 } code)
            return code;
        var inline = Inline().Matches(message).Select(part => part.Groups["code"].Value.Trim());
        return string.Join('\n', inline) is { Length: > 0 } text ? text : null;
    }

    // A word in the first line is the name of a language, unless it is the only line.
    [GeneratedRegex("```(?:[A-Za-z0-9_+#.-]*\n)?(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("(?<ticks>`{1,2})(?<code>[^`\n]+)\\k<ticks>")]
    private static partial Regex Inline();
}
