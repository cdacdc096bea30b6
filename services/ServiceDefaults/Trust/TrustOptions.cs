namespace CodeInterpreter.ServiceDefaults.Trust;

/// <summary>How gateways and file stores know each other. Section <c>Trust</c>; runners have none of it.</summary>
public sealed class TrustOptions
{
    /// <summary>Where the options are in the configuration.</summary>
    public const string Section = "Trust";

    /// <summary>
    /// What gateways sign with and file stores check: at least 32 random bytes in base64, the same for all of them. Empty by
    /// default: a file store then accepts every call, and does not start where other machines reach it. The key gives access to all files.
    /// </summary>
    public string Key { get; set; } = "";

    /// <summary>A file with the key, instead of <see cref="Key"/>: how secrets come into containers. Empty by default.</summary>
    public string KeyFile { get; set; } = "";

    internal byte[]? ReadKey() => SecretKey.Read(Key, KeyFile);
}
