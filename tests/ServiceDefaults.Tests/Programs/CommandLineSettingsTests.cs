using CodeInterpreter.ServiceDefaults.Programs;

namespace CodeInterpreter.ServiceDefaults.Tests.Programs;

public sealed class CommandLineSettingsTests
{
    [Theory]
    [InlineData("--A:B c", "", "--A:B=c")]
    [InlineData("--A:B=c", "", "--A:B=c")]
    [InlineData("keys create --name bot --A:B c", "keys create --name bot", "--A:B=c")]
    [InlineData("--A:B c keys list", "keys list", "--A:B=c")]
    [InlineData("--environment Development", "", "--environment=Development")]
    [InlineData("--urls http://*:80 health", "health", "--urls=http://*:80")]
    [InlineData("--A:B", "--A:B", "")]
    [InlineData("A:B=c", "A:B=c", "")]
    [InlineData("--name a:b", "--name a:b", "")]
    [InlineData("--help", "--help", "")]
    public void Arguments_AreSettingsOrCommands(string args, string words, string settings)
    {
        var split = CommandLineSettings.Split(args.Split(' '));

        string.Join(' ', split.Words).ShouldBe(words);
        string.Join(' ', split.Settings).ShouldBe(settings);
    }
}
