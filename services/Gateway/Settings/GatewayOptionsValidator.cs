using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.Gateway.Settings;

/// <summary>Rejects an address that is not a file store's.</summary>
internal sealed class GatewayOptionsValidator() : SettingsRules<GatewayOptions>(GatewayOptions.Section)
{
    protected override IEnumerable<SettingRule> RulesFor(GatewayOptions options) =>
        [
            new(
                options.FileStoreAddress is { IsAbsoluteUri: true, Scheme: "http" or "https" or "unix" },
                nameof(options.FileStoreAddress),
                "must be http://host:port, https://host:port or unix:///path."
            ),
        ];
}
