using CodeInterpreter.Runner.Docker;

namespace CodeInterpreter.Runner.Tests.Docker;

public sealed class CorePatternTests
{
    [Theory]
    [InlineData("|/usr/lib/systemd/systemd-coredump %P %u\n", true)]
    [InlineData("core\n", false)]
    [InlineData("", false)]
    public void StartsAProgram_Pipe_IsTrue(string pattern, bool expected)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, pattern);
            CorePattern.StartsAProgram(file).ShouldBe(expected);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void StartsAProgram_NoSuchSetting_IsUnknown() => CorePattern.StartsAProgram("/nowhere/core_pattern").ShouldBeNull();
}
