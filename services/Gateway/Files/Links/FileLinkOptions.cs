using CodeInterpreter.ServiceDefaults.Settings;
using CodeInterpreter.ServiceDefaults.Trust;

namespace CodeInterpreter.Gateway.Files.Links;

/// <summary>Links that download files without credentials. Section <c>Gateway:Links</c>.</summary>
public sealed class FileLinkOptions : ISecretKeySettings
{
    /// <summary>Where the options are in the configuration.</summary>
    public const string Section = "Gateway:Links";

    /// <summary>
    /// The key that signs links: at least 32 random bytes in base64, the same for all replicas. By default each process creates a random
    /// key: links become invalid when it stops, and other replicas refuse them. With the key, anyone can create links to every file.
    /// </summary>
    public string Key { get; set; } = "";

    /// <summary>A file with the key, instead of <see cref="Key"/>, such as a secret of a container. Empty by default.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>
    /// A second key whose links are accepted, too; no link is signed with it. Set it while the key is changed: the next key before the
    /// change, the previous one after it, for 7 days, as long as a link is valid at most. Empty by default.
    /// </summary>
    public string AcceptedKey { get; set; } = "";

    /// <summary>A file with the second key, instead of <see cref="AcceptedKey"/>. Empty by default.</summary>
    public string AcceptedKeyFile { get; set; } = "";

    /// <summary>
    /// The address at which clients reach the HTTP API, such as <c>https://code.example.com</c>. Links begin with it. By default they begin
    /// with the address of the request that creates them; over gRPC they are then only a path.
    /// </summary>
    [WebAddress]
    public Uri? BaseAddress { get; set; }
}
