using CodeInterpreter.ServiceDefaults.Trust;

namespace CodeInterpreter.Gateway.Files.Links;

/// <summary>Links by which files are downloaded without credentials. Section <c>Gateway:Links</c>.</summary>
public sealed class FileLinkOptions
{
    /// <summary>Where the options are in the configuration.</summary>
    public const string Section = "Gateway:Links";

    /// <summary>
    /// What links are signed with: at least 32 random bytes in base64, the same for all replicas. By default each process makes its
    /// own up: links end with it, and other replicas refuse them. Whoever has it can make links to every file.
    /// </summary>
    public string Key { get; set; } = "";

    /// <summary>A file with the key, instead of <see cref="Key"/>: how secrets come into containers. Empty by default.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>
    /// Where clients reach the HTTP API, such as <c>https://code.example.com</c>: links begin with it. By default with the
    /// address of the request that asks for them; over gRPC they are only a path then.
    /// </summary>
    public Uri? BaseAddress { get; set; }

    internal byte[]? ReadKey() => SecretKey.Read(Key, KeyFile);
}
