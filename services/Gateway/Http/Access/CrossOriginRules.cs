using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.Gateway.Http.Access;

/// <summary>Refuses origins that no browser sends.</summary>
internal sealed class CrossOriginRules() : SettingsRules<CrossOriginOptions>(CrossOriginOptions.Section)
{
    protected override IEnumerable<SettingRule> RulesFor(CrossOriginOptions options) =>
        options.Origins.Select(
            (origin, i) =>
                new SettingRule(
                    IsOrigin(origin),
                    $"{nameof(options.Origins)}:{i}",
                    $"must be an origin such as https://app.example.com, in lower case and without a path. List each origin."
                )
        );

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address.GetLeftPart(UriPartial.Authority) == text
        && address.UserInfo.Length == 0;
}
