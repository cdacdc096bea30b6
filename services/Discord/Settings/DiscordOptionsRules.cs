using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.Discord.Settings;

/// <summary>Rejects settings without a bot token.</summary>
internal sealed class DiscordOptionsRules() : SettingsRules<DiscordOptions>(DiscordOptions.Section)
{
    protected override IEnumerable<SettingRule> RulesFor(DiscordOptions options)
    {
        var (text, file) = (options.BotToken.Trim(), options.BotTokenFile);
        yield return new(
            text.Length > 0 || file.Length > 0,
            nameof(options.BotToken),
            "must be set, or BotTokenFile. Create the token on the page \"Bot\" of the application at discord.com/developers."
        );
        yield return new(text.Length == 0 || file.Length == 0, nameof(options.BotTokenFile), "must not be set together with BotToken.");
        yield return new(
            SecretText.WhyUnreadable(file) is null,
            nameof(options.BotTokenFile),
            "must name a file that the service can read."
        );
        yield return new(
            IsToken(SecretText.WhyUnreadable(file) is null ? SecretText.Read(text, file) : text),
            file.Length > 0 ? nameof(options.BotTokenFile) : nameof(options.BotToken),
            "must be the token alone, in one line and without blanks or \"Bot\" before it."
        );
    }

    private static bool IsToken(string token) => token.All(character => character is > ' ' and < '\u007f');
}
