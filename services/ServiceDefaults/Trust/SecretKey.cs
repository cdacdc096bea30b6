using Microsoft.Extensions.Options;

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

    /// <summary>Notes what is wrong with the settings <c>Key</c> and <c>KeyFile</c> of a section, without repeating a secret.</summary>
    public static void Check(ValidateOptionsResultBuilder result, string section, string key, string keyFile)
    {
        if (key.Length > 0 && keyFile.Length > 0)
        {
            result.AddError("must not be set beside KeyFile.", $"{section}:Key");
        }
        else if (!IsKey(key, keyFile))
        {
            result.AddError($"must be at least {MinBytes} bytes in base64.", $"{section}:{(keyFile.Length > 0 ? "KeyFile" : "Key")}");
        }
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
