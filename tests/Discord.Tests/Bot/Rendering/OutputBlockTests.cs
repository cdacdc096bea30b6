using CodeInterpreter.Discord.Bot.Rendering;

namespace CodeInterpreter.Discord.Tests.Bot.Rendering;

public sealed class OutputBlockTests
{
    [Fact]
    public void Beginning_ShortOutput_IsAllThere() =>
        OutputBlock.Beginning("42\n").ShouldBe(new OutputBlock("```ansi\n42\n```", IsCut: false));

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData(" \t\u001b[31m\u001b[0m\n")]
    [InlineData("\u200b\u0007")]
    public void Beginning_OutputThatShowsNothing_HasNoBlock(string output) =>
        OutputBlock.Beginning(output).ShouldBe(new OutputBlock("", IsCut: false));

    [Fact]
    public void Beginning_TenLines_AreAllThere_AndElevenAreCut()
    {
        OutputBlock.Beginning(Lines(10)).ShouldBe(new OutputBlock($"```ansi\n{Lines(10).TrimEnd()}\n```", IsCut: false));
        OutputBlock.Beginning(Lines(11)).ShouldBe(new OutputBlock($"```ansi\n{Lines(10).TrimEnd()}\n```", IsCut: true));
    }

    [Fact]
    public void Beginning_AThousandCharacters_AreAllThere_AndOneMoreIsCut()
    {
        OutputBlock.Beginning(new string('x', 1000)).IsCut.ShouldBeFalse();
        var cut = OutputBlock.Beginning(new string('x', 1001));
        cut.ShouldBe(new OutputBlock($"```ansi\n{new string('x', 1000)}\n```", IsCut: true));
    }

    [Fact]
    public void Beginning_PairsAndColoursAtTheLimit_StayWhole()
    {
        for (var shift = 0; shift < 12; shift++)
        {
            var block = OutputBlock.Beginning(new string('x', 990 + shift) + string.Concat(Enumerable.Repeat("😀\u001b[1;32m", 20)));
            block.Text.ShouldBeWhole();
            block.Text.Length.ShouldBeLessThanOrEqualTo(1000 + "```ansi\n\n```".Length);
        }
    }

    [Fact]
    public void Beginning_NothingButBackticks_StaysInTheLimit()
    {
        var block = OutputBlock.Beginning(new string('`', 5000));
        block.Text.Length.ShouldBeLessThanOrEqualTo(1000 + "```ansi\n\n```".Length);
        block.Text["```ansi\n".Length..^"\n```".Length].ShouldNotContain("``");
    }

    [Fact]
    public void Ending_LongOutput_ShowsItsLastLines() =>
        OutputBlock.Ending(Lines(30)).Text.ShouldBe($"```ansi\n{string.Join('\n', Enumerable.Range(21, 10))}\n```");

    private static string Lines(int count) => string.Concat(Enumerable.Range(1, count).Select(number => $"{number}\n"));
}
