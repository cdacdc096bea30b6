namespace CodeInterpreter.ServiceDefaults.Errors;

/// <summary>What callers sent, as it is told back to them.</summary>
public static class ErrorText
{
    /// <summary>
    /// The text, or the beginning of one that is longer than <paramref name="maxLength"/> characters: an error must not be as large as what
    /// it is about.
    /// </summary>
    public static string Shorten(string text, int maxLength)
    {
        if (text.Length <= maxLength)
            return text;

        var length = char.IsHighSurrogate(text[maxLength - 2]) ? maxLength - 2 : maxLength - 1;
        return text[..length] + '…';
    }
}
