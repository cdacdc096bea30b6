using CodeInterpreter.Discord.Bot.Rendering;

namespace CodeInterpreter.Discord.Tests.Bot.Rendering;

public sealed class CutTests
{
    private const string Mixed = "ab\u001b[1;31mc😀\u001b[0md😀😀e\u001b[38;5;120mf";

    [Fact]
    public void Start_AtEveryLength_IsShortEnoughAndWhole()
    {
        for (var length = 0; length <= Mixed.Length + 1; length++)
        {
            var start = Cut.Start(Mixed, length);
            start.Length.ShouldBeLessThanOrEqualTo(length);
            Mixed.ShouldStartWith(start);
            start.ShouldBeWhole();
        }
    }

    [Fact]
    public void End_AtEveryLength_IsShortEnoughAndWhole()
    {
        for (var length = 0; length <= Mixed.Length + 1; length++)
        {
            var end = Cut.End(Mixed, length);
            end.Length.ShouldBeLessThanOrEqualTo(length);
            Mixed.ShouldEndWith(end);
            end.ShouldBeWhole();
            // The rest of a colour would be shown as text.
            end.ShouldNotStartWith("[");
            end.ShouldNotStartWith(";");
        }
    }

    [Fact]
    public void Start_KeepsAsMuchAsItMay()
    {
        Cut.Start("abc😀", 4).ShouldBe("abc");
        Cut.Start("abc😀", 5).ShouldBe("abc😀");
        Cut.Start("ab\u001b[0m", 5).ShouldBe("ab");
        Cut.Start("ab\u001b[0m", 6).ShouldBe("ab\u001b[0m");
    }
}
