using System.Globalization;
using System.Net.Http.Headers;

namespace CodeInterpreter.Discord.Platform.Rest;

/// <summary>What the headers of an answer say about the limits.</summary>
internal sealed record RateLimitHeaders
{
    /// <summary>Discord's name for what it counts together.</summary>
    public string? Bucket { get; init; }

    /// <summary>How many calls may be sent until the reset.</summary>
    public int? Remaining { get; init; }

    public TimeSpan? ResetAfter { get; init; }

    /// <summary>How long to wait, with a 429.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether a 429 is for all calls.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>Whether others have used up the limit: such a 429 is not held against us.</summary>
    public bool IsShared { get; init; }

    public static RateLimitHeaders Of(HttpResponseHeaders headers) =>
        new()
        {
            Bucket = Value(headers, "X-RateLimit-Bucket"),
            Remaining = (int?)Number(headers, "X-RateLimit-Remaining"),
            ResetAfter = Seconds(headers, "X-RateLimit-Reset-After"),
            RetryAfter = Seconds(headers, "Retry-After"),
            IsGlobal = Value(headers, "X-RateLimit-Global") is "true" || Value(headers, "X-RateLimit-Scope") is "global",
            IsShared = Value(headers, "X-RateLimit-Scope") is "shared",
        };

    private static string? Value(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static double? Number(HttpResponseHeaders headers, string name) =>
        double.TryParse(Value(headers, name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number < TimeSpan.FromDays(1).TotalSeconds
            ? number
            : null;

    private static TimeSpan? Seconds(HttpResponseHeaders headers, string name) =>
        Number(headers, name) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
