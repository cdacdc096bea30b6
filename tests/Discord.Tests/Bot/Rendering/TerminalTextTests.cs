using CodeInterpreter.Discord.Bot.Rendering;

namespace CodeInterpreter.Discord.Tests.Bot.Rendering;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("plain\ntext\t1\n", "plain\ntext\t1\n")]
    [InlineData("\u001b[1;31mred\u001b[0m", "\u001b[1;31mred\u001b[0m")]
    [InlineData("\u001b[2J\u001b[10;20Hhome\u001b[K", "home")]
    [InlineData("\u001b]0;a title\u0007after", "after")]
    [InlineData("\u001b]8;;https://example.com\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u001b(Bx\u001bM", "x")]
    [InlineData("\u001b]0;a title without its end", "0;a title without its end")]
    [InlineData("\u001b", "")]
    [InlineData("\u001b[31", "[31")]
    [InlineData("one\r\ntwo\r\n", "one\ntwo\n")]
    [InlineData("10 %\r50 %\r100 %\ndone", "100 %\ndone")]
    [InlineData("kept\r\n\rlast\r", "kept\nlast")]
    [InlineData("a\u0000b\u0007c\u0008d\u007fe\u009bf", "abcdef")]
    [InlineData("in\u200bvi\u2060si\ufeffble", "invisible")]
    [InlineData("a\u202eb\u2066c\u200f", "a\ufffdb\ufffdc\ufffd")]
    [InlineData("line\u2028separator", "line\nseparator")]
    [InlineData("\ud83d\ude00", "\ud83d\ude00")]
    public void Clean_KeepsColoursAndText_AndNothingElse(string output, string expected) => TerminalText.Clean(output).ShouldBe(expected);

    [Fact]
    public void Clean_HalfACharacter_BecomesTheReplacementCharacter() => TerminalText.Clean("a" + '\ud83d' + "b").ShouldBe("a\ufffdb");

    // What is removed must not put together what was apart.
    [Fact]
    public void Clean_WhatIsLeft_HasNoSequenceThatIsNoColour()
    {
        var random = new Random(7);
        const string letters = "\u001b[]0;1mHJK?\u0007\\\u200b\r\nPX^_( ";
        for (var round = 0; round < 2000; round++)
        {
            var output = new string([.. Enumerable.Range(0, 30).Select(_ => letters[random.Next(letters.Length)])]);
            var clean = TerminalText.Clean(output);
            for (var index = clean.IndexOf('\u001b'); index >= 0; index = clean.IndexOf('\u001b', index + 1))
                TerminalText.ColourLength(clean, index).ShouldBeGreaterThan(0, output);
        }
    }
}
