using CodeInterpreter.Gateway.Access.Tokens;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Access;

/// <summary>Rejects settings with which the gateway would accept other callers than the operator expects.</summary>
internal sealed class AccessOptionsValidator : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (!Enum.IsDefined(options.Mode))
        {
            result.AddError(
                $"must be one of {string.Join(", ", Enum.GetNames<AccessMode>())}.",
                $"{AccessOptions.Section}:{nameof(options.Mode)}"
            );
        }

        if (options is { Mode: AccessMode.Loopback, PublishedOn.Length: > 0, IsPublishedOnLoopback: false })
        {
            result.AddError(
                "must be a loopback address, such as 127.0.0.1, with Gateway:Access:Mode=Loopback. If other machines can reach the ports, "
                    + "set Gateway:Access:Mode=Required and create a key with the command 'keys create --name NAME'.",
                $"{AccessOptions.Section}:{nameof(options.PublishedOn)}"
            );
        }

        if (options.Jwt.IsSet)
            Check(result, options);
        return result.Build();
    }

    private static void Check(ValidateOptionsResultBuilder result, AccessOptions options)
    {
        var jwt = options.Jwt;
        Require(options.Mode == AccessMode.Required, "Authority", "is used only with Gateway:Access:Mode=Required.");
        Require(
            jwt.Authority.Length > 0 != jwt.SigningKeyFile.Length > 0,
            nameof(jwt.Authority),
            "or SigningKeyFile must be set, but not both."
        );
        Require(
            jwt.Authority.Length == 0
                || (Uri.TryCreate(jwt.Authority, UriKind.Absolute, out var authority) && authority.Scheme == Uri.UriSchemeHttps),
            nameof(jwt.Authority),
            "must be an address that begins with https://."
        );
        Require(jwt.Audience.Length > 0, nameof(jwt.Audience), "must be set, because the issuer also issues tokens for other services.");
        Require(jwt.SigningKeyFile.Length == 0 || jwt.Issuer.Length > 0, nameof(jwt.Issuer), "must be set together with SigningKeyFile.");
        Require(jwt.UserClaim.Length > 0, nameof(jwt.UserClaim), "must name a claim.");
        if (jwt.SigningKeyFile.Length > 0 && SigningKeys.WhyUnreadable(jwt.SigningKeyFile) is { } reason)
        {
            Require(false, nameof(jwt.SigningKeyFile), $"must name a PEM file with a public RSA or EC key: {reason}");
        }

        void Require(bool satisfied, string option, string expectation)
        {
            if (!satisfied)
                result.AddError(expectation, $"{TokenOptions.Section}:{option}");
        }
    }
}
