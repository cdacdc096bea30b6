using CodeInterpreter.Gateway.Access.Tokens;
using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.Gateway.Access;

/// <summary>Rejects settings with which the gateway would accept other callers than the operator expects.</summary>
internal sealed class AccessOptionsValidator() : SettingsRules<AccessOptions>(AccessOptions.Section)
{
    protected override IEnumerable<SettingRule> RulesFor(AccessOptions options) =>
        [
            new(
                options is not { Mode: AccessMode.Loopback, PublishedOn.Length: > 0, IsPublishedOnLoopback: false },
                nameof(options.PublishedOn),
                "must be a loopback address, such as 127.0.0.1, with Gateway:Access:Mode=Loopback. If other machines can reach the ports, "
                    + "set Gateway:Access:Mode=Required and create a key with the command 'keys create --name NAME'."
            ),
            .. options.Jwt.IsSet ? RulesFor(options.Jwt, options.Mode) : [],
        ];

    private static IEnumerable<SettingRule> RulesFor(TokenOptions jwt, AccessMode mode)
    {
        var fault = jwt.SigningKeyFile.Length > 0 ? SigningKeys.WhyUnreadable(jwt.SigningKeyFile) : null;
        return
        [
            Rule(mode == AccessMode.Required, nameof(jwt.Authority), "is used only with Gateway:Access:Mode=Required."),
            Rule(
                jwt.Authority.Length > 0 != jwt.SigningKeyFile.Length > 0,
                nameof(jwt.Authority),
                "or SigningKeyFile must be set, but not both."
            ),
            Rule(
                jwt.Authority.Length == 0
                    || (Uri.TryCreate(jwt.Authority, UriKind.Absolute, out var authority) && authority.Scheme == Uri.UriSchemeHttps),
                nameof(jwt.Authority),
                "must be an address that begins with https://."
            ),
            Rule(jwt.Audience.Length > 0, nameof(jwt.Audience), "must be set, because the issuer also issues tokens for other services."),
            Rule(jwt.SigningKeyFile.Length == 0 || jwt.Issuer.Length > 0, nameof(jwt.Issuer), "must be set together with SigningKeyFile."),
            Rule(jwt.UserClaim.Length > 0, nameof(jwt.UserClaim), "must name a claim."),
            Rule(fault is null, nameof(jwt.SigningKeyFile), $"must name a PEM file with a public RSA or EC key: {fault}"),
        ];
    }

    private static SettingRule Rule(bool isObeyed, string setting, string expectation) =>
        new(isObeyed, $"{nameof(AccessOptions.Jwt)}:{setting}", expectation);
}
