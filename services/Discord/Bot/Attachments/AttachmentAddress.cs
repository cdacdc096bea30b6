namespace CodeInterpreter.Discord.Bot.Attachments;

/// <summary>Where attachments may be fetched. An address comes from outside: no other host is ever called.</summary>
internal static class AttachmentAddress
{
    private static readonly string[] Hosts = ["cdn.discordapp.com", "media.discordapp.net"];

    /// <summary>Whether an attachment may be fetched there.</summary>
    /// <param name="address">The address.</param>
    /// <param name="testBase">A further place, for tests; null for none.</param>
    public static bool IsAllowed(Uri address, Uri? testBase) =>
        address.UserInfo.Length == 0 && (IsOfDiscord(address) || (testBase is not null && IsSameServer(address, testBase)));

    private static bool IsOfDiscord(Uri address) =>
        address is { Scheme: "https", IsDefaultPort: true } && Hosts.Contains(address.Host, StringComparer.OrdinalIgnoreCase);

    private static bool IsSameServer(Uri address, Uri other) =>
        address.Scheme == other.Scheme && address.Port == other.Port && address.Host == other.Host;
}
