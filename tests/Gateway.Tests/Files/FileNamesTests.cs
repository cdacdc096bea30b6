using CodeInterpreter.Gateway.Files;

namespace CodeInterpreter.Gateway.Tests.Files;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("", "a", 255)]
    [InlineData("folder/", "é", 127)]
    public void Check_LongestPart_IsAcceptedAndFourBytesMoreAreNot(string before, string letter, int count)
    {
        var part = string.Concat(Enumerable.Repeat(letter, count));

        FileNames.Check($"{before}{part}/name.txt").ShouldBeNull();
        FileNames.Check($"{before}1234{part}/name.txt").ShouldNotBeNull().ShouldContain("255");
    }
}
