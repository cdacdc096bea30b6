namespace CodeInterpreter.Gateway.Access.Tokens;

/// <summary>
/// Tokens (JWT) of an identity provider, which name the user they act for. Section <c>Gateway:Access:Jwt</c>. They are taken
/// when <see cref="Authority"/> or <see cref="SigningKeyFile"/> is set.
/// </summary>
public sealed class TokenOptions
{
    /// <summary>Where the options are in the configuration.</summary>
    public const string Section = "Gateway:Access:Jwt";

    /// <summary>
    /// The OpenID Connect issuer, such as <c>https://login.example.com/</c>: its keys are read from there, and again when they change.
    /// Empty by default.
    /// </summary>
    public string Authority { get; set; } = "";

    /// <summary>A PEM file with the issuer's public RSA or EC key, where it cannot be asked. Empty by default.</summary>
    public string SigningKeyFile { get; set; } = "";

    /// <summary>Who has to have made the token (<c>iss</c>). With <see cref="Authority"/> it is what that says of itself.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>For whom the token has to be made (<c>aud</c>). Must be set.</summary>
    public string Audience { get; set; } = "";

    /// <summary>The claim with the id of the user that the caller may act for. <c>sub</c> by default.</summary>
    public string UserClaim { get; set; } = "sub";

    internal bool IsSet => Authority.Length + SigningKeyFile.Length + Issuer.Length + Audience.Length > 0;
}
