namespace CodeInterpreter.Discord.Settings;

/// <summary>A secret from a setting or from the file that another setting names.</summary>
internal static class SecretText
{
    /// <summary>The secret without blanks around it; empty where there is none.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static string Read(string text, string file) => (file.Length > 0 ? File.ReadAllText(file) : text).Trim();

    /// <summary>Why the file cannot be read; null where it can, or none is named.</summary>
    public static string? WhyUnreadable(string file)
    {
        try
        {
            Read("", file);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
