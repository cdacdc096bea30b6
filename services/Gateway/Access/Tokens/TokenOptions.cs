namespace CodeInterpreter.Gateway.Access.Tokens;

/// <summary>
/// Tokens (JWT) of an identity provider. Each names the user for which it may act. Section <c>Gateway:Access:Jwt</c>. The gateway accepts
/// them if <see cref="Authority"/> or <see cref="SigningKeyFile"/> is set.
/// </summary>
public sealed class TokenOptions
{
    /// <summary>Where the options are in the configuration.</summary>
    public const string Section = "Gateway:Access:Jwt";

    /// <summary>
    /// The OpenID Connect issuer, such as <c>https://login.example.com/</c>. The gateway reads its keys there, and again when they change.
    /// Empty by default.
    /// </summary>
    public string Authority { get; set; } = "";

    /// <summary>A PEM file with the issuer's public RSA or EC key, if the gateway cannot reach the issuer. Empty by default.</summary>
    public string SigningKeyFile { get; set; } = "";

    /// <summary>The required issuer of the token (<c>iss</c>). With <see cref="Authority"/>, the one in its metadata by default.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>The required audience of the token (<c>aud</c>). Must be set.</summary>
    public string Audience { get; set; } = "";

    /// <summary>The claim with the id of the user for which the caller may act. <c>sub</c> by default.</summary>
    public string UserClaim { get; set; } = "sub";

    internal bool IsSet => Authority.Length + SigningKeyFile.Length + Issuer.Length + Audience.Length > 0;
}
