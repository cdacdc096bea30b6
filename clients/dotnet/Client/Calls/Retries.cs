namespace CodeInterpreter.Client;

/// <summary>Whether, and when, a call that failed is repeated.</summary>
internal sealed class Retries(RetryOptions options)
{
    /// <summary>The delay before the next attempt; null when there is none.</summary>
    /// <param name="failure">How the last attempt ended.</param>
    /// <param name="attempts">How many there were.</param>
    public TimeSpan? DelayAfter(CodeInterpreterException failure, int attempts)
    {
        if (!failure.IsTransient || attempts >= options.MaxAttempts)
            return null;
        if (failure.RetryDelay is { } told)
            return told <= options.MaxDelay ? told : null;

        var longest = Math.Min(options.BaseDelay.TotalSeconds * Math.Pow(2, attempts - 1), options.MaxDelay.TotalSeconds);
        // Half of it at random, so that callers that failed together do not return together.
        return TimeSpan.FromSeconds(longest * (0.5 + Random.Shared.NextDouble() / 2));
    }
}
