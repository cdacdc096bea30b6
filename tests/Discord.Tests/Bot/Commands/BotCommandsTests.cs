using CodeInterpreter.Discord.Bot.Commands;
using CodeInterpreter.Discord.Platform.Commands;

namespace CodeInterpreter.Discord.Tests.Bot.Commands;

public sealed class BotCommandsTests
{
    private static readonly IReadOnlyList<ApplicationCommand> Commands = new BotCommands().Commands;

    [Fact]
    public void TheCommands_AreThoseOfTheDocumentation() =>
        Commands.Select(command => command.Name).ShouldBe(["run", "files", "file", "delete", "help", "Run code"]);

    [Fact]
    public void AllTexts_KeepDiscordsLimits()
    {
        foreach (var command in Commands)
        {
            command.Name.Length.ShouldBeInRange(1, 32);
            if (command.Type == CommandType.Message)
                command.Description.ShouldBeNull();
            else
                command.Description!.Length.ShouldBeInRange(1, 100);
            foreach (var option in command.Options ?? [])
            {
                option.Name.ShouldMatch("^[a-z0-9]{1,32}$");
                option.Description.Length.ShouldBeInRange(1, 100);
            }
        }
    }

    [Fact]
    public void Run_TakesCodeOf6000Characters_FiveFilesInputAndPrivacy()
    {
        var options = Commands[0].Options!;
        options.Select(option => option.Name).ShouldBe(["code", "file1", "file2", "file3", "file4", "file5", "stdin", "private"]);
        options[0].MaxLength.ShouldBe(6000);
        options.ShouldAllBe(option => !option.Required);
    }
}
