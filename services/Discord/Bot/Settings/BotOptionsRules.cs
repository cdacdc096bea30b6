using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.Discord.Bot.Settings;

/// <summary>Rejects addresses of other machines: the service must not fetch from them what a user names.</summary>
internal sealed class BotOptionsRules() : SettingsRules<BotOptions>(BotOptions.Section)
{
    protected override IEnumerable<SettingRule> RulesFor(BotOptions options) =>
        [
            new(
                options.TestAttachmentBase is null or { IsAbsoluteUri: true, Scheme: "http" or "https", IsLoopback: true },
                nameof(options.TestAttachmentBase),
                "must be an address of this machine that begins with http:// or https://. It is for tests only."
            ),
        ];
}
