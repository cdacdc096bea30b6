using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.ServiceDefaults.Trust;

/// <summary>Rejects keys that cannot be used.</summary>
internal sealed class TrustOptionsValidator() : SettingsRules<TrustOptions>(TrustOptions.Section)
{
    protected override IEnumerable<SettingRule> RulesFor(TrustOptions options) => SecretKeys.RulesFor(options);
}
