using System.Text;
using System.Text.RegularExpressions;

namespace CodeInterpreter.Discord.Tests.Bot.Rendering;

/// <summary>What holds for every text that Discord gets.</summary>
internal static partial class WholeText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>It has no half of a character, and no part of a colour.</summary>
    public static void ShouldBeWhole(this string text)
    {
        Should.NotThrow(() => Strict.GetByteCount(text));
        Colour().Replace(text, "").ShouldNotContain("\u001b");
    }

    [GeneratedRegex(@"\x1B\[[0-9;]*m")]
    private static partial Regex Colour();
}
