using CodeInterpreter.Discord.Settings;

namespace CodeInterpreter.Discord.Tests.Settings;

public sealed class DiscordOptionsTests
{
    [Theory]
    [InlineData("", "Discord:BotToken must be set, or BotTokenFile.")]
    [InlineData("Bot abc", "Discord:BotToken must be the token alone")]
    [InlineData("abc\ndef", "Discord:BotToken must be the token alone")]
    public void AToken_ThatIsMissingOrMore_IsRefused(string token, string fault) =>
        FaultsOf(new DiscordOptions { BotToken = token }).ShouldContain(text => text.StartsWith(fault, StringComparison.Ordinal));

    [Fact]
    public void AToken_IsReadFromAFile_WithoutTheEndOfItsLine()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "abc.def\n");

            FaultsOf(new DiscordOptions { BotTokenFile = file }).ShouldBeEmpty();
            SecretText.Read("", file).ShouldBe("abc.def");
            FaultsOf(new DiscordOptions { BotTokenFile = file, BotToken = "abc" })
                .ShouldBe(["Discord:BotTokenFile must not be set together with BotToken."]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void AFile_ThatIsNotThere_IsRefused() =>
        FaultsOf(new DiscordOptions { BotTokenFile = "/nowhere/token" })
            .ShouldBe(["Discord:BotTokenFile must name a file that the service can read."]);

    [Theory]
    [InlineData("111111111111111111,222222222222222222")]
    [InlineData("111111111111111111, 222222222222222222")]
    [InlineData("111111111111111111\n222222222222222222\n")]
    [InlineData("111111111111111111\t222222222222222222")]
    public void Servers_AreAList(string list) =>
        new DiscordOptions { AllowedGuilds = list }.AllowedGuildIds.ShouldBe(["111111111111111111", "222222222222222222"]);

    private static IEnumerable<string> FaultsOf(DiscordOptions options) => new DiscordOptionsRules().Validate(null, options).Failures ?? [];
}
