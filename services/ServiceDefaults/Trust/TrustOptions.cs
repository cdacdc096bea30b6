namespace CodeInterpreter.ServiceDefaults.Trust;

/// <summary>How gateways and file stores know each other. Section <c>Trust</c>; runners have none of it.</summary>
public sealed class TrustOptions : ISecretKeySettings
{
    /// <summary>Where the options are in the configuration.</summary>
    public const string Section = "Trust";

    /// <summary>
    /// The key with which gateways sign and file stores verify: at least 32 random bytes in base64, the same for all of them. Empty by
    /// default: a file store then accepts every call, and does not start if other machines can reach it. The key gives access to all
    /// files.
    /// </summary>
    public string Key { get; set; } = "";

    /// <summary>A file with the key, instead of <see cref="Key"/>, such as a secret of a container. Empty by default.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>
    /// A second key whose signatures are accepted, too; nothing is signed with it. Set it while the key is changed: the next key before
    /// the change, the previous one after it. Empty by default.
    /// </summary>
    public string AcceptedKey { get; set; } = "";

    /// <summary>A file with the second key, instead of <see cref="AcceptedKey"/>. Empty by default.</summary>
    public string AcceptedKeyFile { get; set; } = "";
}
