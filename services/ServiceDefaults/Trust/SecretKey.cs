using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.ServiceDefaults.Trust;

/// <summary>A secret that is configured as base64, in a setting or in a file that a setting names.</summary>
public static class SecretKey
{
    /// <summary>Fewest bytes of a key: as many as the signatures made with it have.</summary>
    public const int MinBytes = 32;

    /// <summary>The key; null when neither setting has one.</summary>
    public static byte[]? Read(string key, string keyFile)
    {
        var text = keyFile.Length > 0 ? File.ReadAllText(keyFile).Trim() : key;
        return text.Length == 0 && keyFile.Length == 0 ? null : Convert.FromBase64String(text);
    }

    /// <summary>The rules for the settings <c>Key</c> and <c>KeyFile</c> of a section.</summary>
    public static IEnumerable<SettingRule> RulesFor(string key, string keyFile)
    {
        var isDouble = key.Length > 0 && keyFile.Length > 0;
        return
        [
            new(!isDouble, "Key", "must not be set beside KeyFile."),
            new(isDouble || IsKey(key, keyFile), keyFile.Length > 0 ? "KeyFile" : "Key", $"must be at least {MinBytes} bytes in base64."),
        ];
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
