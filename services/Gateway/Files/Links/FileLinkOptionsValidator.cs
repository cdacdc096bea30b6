using CodeInterpreter.ServiceDefaults.Settings;
using CodeInterpreter.ServiceDefaults.Trust;

namespace CodeInterpreter.Gateway.Files.Links;

/// <summary>Rejects an invalid key without repeating it in the error.</summary>
internal sealed class FileLinkOptionsValidator() : SettingsRules<FileLinkOptions>(FileLinkOptions.Section)
{
    protected override IEnumerable<SettingRule> RulesFor(FileLinkOptions options) => SecretKeys.RulesFor(options);
}
