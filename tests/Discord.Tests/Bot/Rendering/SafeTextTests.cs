using CodeInterpreter.Discord.Bot.Rendering;

namespace CodeInterpreter.Discord.Tests.Bot.Rendering;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("```\n@everyone")]
    [InlineData("``````````")]
    [InlineData("`\u001b[0m`\u001b[0m`")]
    [InlineData("a``` b ``` c")]
    [InlineData("`\u200b`\u200b`")]
    public void ForBlock_NoOutput_EndsTheBlock(string output)
    {
        var safe = SafeText.ForBlock(TerminalText.Clean(output));
        safe.ShouldNotContain("``");
        safe.Replace("\u001b[0m", "", StringComparison.Ordinal).ShouldNotContain("``");
    }

    [Fact]
    public void ForBlock_SingleBackticksAndTags_StayAsTheyAre() => SafeText.ForBlock("`x` <b>&</b>").ShouldBe("`x` <b>&</b>");

    [Theory]
    [InlineData("<@123456789012345678>", "<@")]
    [InlineData("<@&123456789012345678>", "<@")]
    [InlineData("@everyone", "@everyone")]
    [InlineData("@here", "@here")]
    public void Mentions_AreBroken_InBlocksNamesAndSentences(string mention, string trigger)
    {
        SafeText.ForBlock(mention).ShouldNotContain(trigger);
        SafeText.Code(mention).ShouldNotContain(trigger);
        SafeText.Plain(mention).ShouldNotContain(trigger);
    }

    [Theory]
    [InlineData("report.txt", "`report.txt`")]
    [InlineData("a`b``c.txt", "`a'b''c.txt`")]
    [InlineData("\u202egpj.exe", "`\ufffdgpj.exe`")]
    [InlineData("\u001b[31mred\u001b[0m.txt", "`red.txt`")]
    [InlineData("two\nlines", "`two lines`")]
    [InlineData("\u200b", "`?`")]
    public void Code_AHostileName_IsOneHarmlessPieceOfCode(string name, string expected) => SafeText.Code(name).ShouldBe(expected);

    [Fact]
    public void Code_ALongName_KeepsItsStartAndItsEnd()
    {
        var name = SafeText.Code(new string('a', 300) + "/quarterly.csv");
        name.Length.ShouldBeLessThanOrEqualTo(62);
        name.ShouldStartWith("`aaaa");
        name.ShouldEndWith("quarterly.csv`");
    }

    [Fact]
    public void Code_ALongNameOfPairs_HasNoHalfCharacter() => SafeText.Code(string.Concat(Enumerable.Repeat("😀", 100))).ShouldBeWhole();

    [Theory]
    [InlineData("Stopped after 0.5 s, the limit.", "Stopped after 0.5 s, the limit.")]
    [InlineData("**bold** `code` ||secret||", "\\*\\*bold\\*\\* \\`code\\` \\|\\|secret\\|\\|")]
    [InlineData("[click](https://example.com)", "\\[click\\](https://example.com)")]
    [InlineData("# title\n> quote", "\\# title \\> quote")]
    public void Plain_FormatsNothing(string sentence, string expected) => SafeText.Plain(sentence).ShouldBe(expected);

    [Fact]
    public void Plain_ALongSentence_IsCut() => SafeText.Plain(new string('x', 500)).Length.ShouldBe(200);
}
