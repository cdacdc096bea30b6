using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.Discord.Settings;

/// <summary>Rejects settings with two keys, or with a key that cannot be read.</summary>
internal sealed class InterpreterOptionsRules() : SettingsRules<InterpreterOptions>(InterpreterOptions.Section)
{
    protected override IEnumerable<SettingRule> RulesFor(InterpreterOptions options) =>
        [
            new(
                options.ApiKey.Length == 0 || options.ApiKeyFile.Length == 0,
                nameof(options.ApiKeyFile),
                "must not be set together with ApiKey."
            ),
            new(
                SecretText.WhyUnreadable(options.ApiKeyFile) is null,
                nameof(options.ApiKeyFile),
                "must name a file that the service can read."
            ),
        ];
}
