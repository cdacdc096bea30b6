namespace CodeInterpreter.Client;

/// <summary>What options must be.</summary>
internal static class OptionsRules
{
    /// <summary>Returns what is wrong, one sentence each, with the option's name.</summary>
    public static IEnumerable<string> Check(CodeInterpreterClientOptions options)
    {
        if (options.Address is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            yield return $"{nameof(options.Address)} must be an absolute http or https address, such as http://127.0.0.1:8081.";
        if (options.UserId is not null && !IsUserId(options.UserId))
            yield return $"{nameof(options.UserId)} must have 1 to 64 characters of A-Z, a-z, 0-9, _ and -.";
        if (options.ApiKey is not null && !options.ApiKey.All(letter => letter is > ' ' and <= '~'))
            yield return $"{nameof(options.ApiKey)} must consist of printable ASCII characters without spaces.";
        if (options.CallTimeout <= TimeSpan.Zero)
            yield return $"{nameof(options.CallTimeout)} must be above zero.";
        if (options.Retry.MaxAttempts < 1)
            yield return $"{nameof(options.Retry)}.{nameof(options.Retry.MaxAttempts)} must be at least 1.";
        if (options.Retry.BaseDelay < TimeSpan.Zero || options.Retry.MaxDelay < options.Retry.BaseDelay)
        {
            yield return $"{nameof(options.Retry)}.{nameof(options.Retry.BaseDelay)} must not be negative, nor above "
                + $"{nameof(options.Retry.MaxDelay)}.";
        }
    }

    private static bool IsUserId(string text) =>
        text.Length is >= 1 and <= 64 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
}
