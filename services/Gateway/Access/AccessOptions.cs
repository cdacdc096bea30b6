using CodeInterpreter.Gateway.Access.Tokens;

namespace CodeInterpreter.Gateway.Access;

/// <summary>Who may call the gateway. Section <c>Gateway:Access</c>.</summary>
public sealed class AccessOptions
{
    /// <summary>Where the options are in the configuration.</summary>
    public const string Section = "Gateway:Access";

    /// <summary>
    /// <c>Loopback</c> by default: a first start needs no keys, and nobody but this machine reaches it. <c>Required</c> or
    /// <c>None</c> where it listens on other addresses.
    /// </summary>
    public AccessMode Mode { get; set; } = AccessMode.Loopback;

    /// <summary>Tokens that are taken beside API keys, section <c>Gateway:Access:Jwt</c>. None by default.</summary>
    public TokenOptions Jwt { get; set; } = new();
}
