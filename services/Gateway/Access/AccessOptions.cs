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

    /// <summary>
    /// Where a container engine publishes the gateway's ports, empty by default: in a container the gateway listens on every address, and
    /// cannot see that only this machine reaches it. With a loopback address (<c>127.0.0.1</c>, <c>[::1]</c>, <c>localhost</c>) the mode
    /// <c>Loopback</c> lets it listen there, and its checks of pages in a browser stay on. Other containers on the gateway's networks reach
    /// it as well.
    /// </summary>
    public string PublishedOn { get; set; } = "";

    /// <summary>Tokens that are taken beside API keys, section <c>Gateway:Access:Jwt</c>. None by default.</summary>
    public TokenOptions Jwt { get; set; } = new();

    internal bool IsPublishedOnLoopback => Exposure.IsThisMachine(PublishedOn);
}
