using CodeInterpreter.Gateway.Access.Tokens;

namespace CodeInterpreter.Gateway.Access;

/// <summary>Who may call the gateway. Section <c>Gateway:Access</c>.</summary>
public sealed class AccessOptions
{
    /// <summary>Where the options are in the configuration.</summary>
    public const string Section = "Gateway:Access";

    /// <summary>
    /// <c>Loopback</c> by default: a first start needs no keys, and only this machine can reach the gateway. Set <c>Required</c> or
    /// <c>None</c> to listen on other addresses.
    /// </summary>
    public AccessMode Mode { get; set; } = AccessMode.Loopback;

    /// <summary>
    /// The address on which a container engine publishes the gateway's ports. Empty by default. In a container the gateway listens on all
    /// addresses and cannot know that only this machine reaches it. A loopback address (<c>127.0.0.1</c>, <c>[::1]</c>, <c>localhost</c>)
    /// allows the mode <c>Loopback</c> there, and keeps its checks of browser requests. Other containers on the gateway's networks can
    /// reach it as well.
    /// </summary>
    public string PublishedOn { get; set; } = "";

    /// <summary>Tokens that are accepted in addition to API keys, section <c>Gateway:Access:Jwt</c>. None by default.</summary>
    public TokenOptions Jwt { get; set; } = new();

    internal bool IsPublishedOnLoopback => Loopback.IsHost(PublishedOn);
}
