namespace CodeInterpreter.ServiceDefaults.Errors;

/// <summary>The text of errors.</summary>
public static class ErrorText
{
    /// <summary>What a caller gets for an error of the service; the log has its cause.</summary>
    public const string ServiceFailed = "The service failed; its log has the cause.";

    /// <summary>
    /// The text, cut to <paramref name="maxLength"/> characters if it is longer: an error that quotes its input must not be as large as the
    /// input.
    /// </summary>
    public static string Shorten(string text, int maxLength)
    {
        if (text.Length <= maxLength)
            return text;

        var length = char.IsHighSurrogate(text[maxLength - 2]) ? maxLength - 2 : maxLength - 1;
        return text[..length] + '…';
    }
}
