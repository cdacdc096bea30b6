using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.ServiceDefaults.Trust;

/// <summary>
/// Keys that are configured as base64, in settings or in files that settings name. One key signs. While it is changed, replicas with the
/// old and with the new key run side by side, so each of them also accepts signatures of the key that the others sign with.
/// </summary>
/// <param name="Key">The key that signs.</param>
/// <param name="Accepted">The keys whose signatures are accepted; the one that signs is the first.</param>
public sealed record SecretKeys(byte[] Key, IReadOnlyList<byte[]> Accepted)
{
    /// <summary>Fewest bytes of a key: as many as the signatures made with it have.</summary>
    public const int MinBytes = 32;

    /// <summary>The keys; null when no setting has one.</summary>
    public static SecretKeys? Read(ISecretKeySettings settings) =>
        Read(settings.Key, settings.KeyFile) is not { } key ? null
        : Read(settings.AcceptedKey, settings.AcceptedKeyFile) is { } accepted ? new SecretKeys(key, [key, accepted])
        : new SecretKeys(key, [key]);

    /// <summary>The rules for these settings.</summary>
    public static IEnumerable<SettingRule> RulesFor(ISecretKeySettings settings) =>
        [
            .. RulesFor(nameof(settings.Key), settings.Key, settings.KeyFile),
            .. RulesFor(nameof(settings.AcceptedKey), settings.AcceptedKey, settings.AcceptedKeyFile),
            new(
                settings.AcceptedKey.Length + settings.AcceptedKeyFile.Length == 0 || settings.Key.Length + settings.KeyFile.Length > 0,
                nameof(settings.AcceptedKey),
                "must be set together with Key, which signs."
            ),
        ];

    private static IEnumerable<SettingRule> RulesFor(string name, string key, string keyFile)
    {
        var isDouble = key.Length > 0 && keyFile.Length > 0;
        return
        [
            new(!isDouble, name, $"must not be set beside {name}File."),
            new(
                isDouble || IsKey(key, keyFile),
                keyFile.Length > 0 ? $"{name}File" : name,
                $"must be at least {MinBytes} bytes in base64."
            ),
        ];
    }

    private static byte[]? Read(string key, string keyFile)
    {
        var text = keyFile.Length > 0 ? File.ReadAllText(keyFile).Trim() : key;
        return text.Length == 0 && keyFile.Length == 0 ? null : Convert.FromBase64String(text);
    }

    private static bool IsKey(string key, string keyFile)
    {
        try
        {
            return Read(key, keyFile) is not { Length: < MinBytes };
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
