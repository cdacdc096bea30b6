using System.Globalization;

namespace CodeInterpreter.Gateway.Limits;

/// <summary>The state of a limit after a call.</summary>
/// <param name="Policy">Its name, <c>key</c> or <c>user</c>.</param>
/// <param name="PerMinute">The limit.</param>
/// <param name="Left">Calls that may be made at once.</param>
/// <param name="RetryAfter">When the next call may be made, if this one exceeded the limit.</param>
internal sealed record Quota(string Policy, int PerMinute, long Left, TimeSpan? RetryAfter)
{
    /// <summary>Adds the headers of draft-ietf-httpapi-ratelimit-headers-10.</summary>
    public void WriteTo(IHeaderDictionary headers)
    {
        var full = (PerMinute - Left) * 60.0 / PerMinute;
        headers.Append("RateLimit-Policy", string.Create(CultureInfo.InvariantCulture, $"\"{Policy}\";q={PerMinute};w=60"));
        headers.Append("RateLimit", string.Create(CultureInfo.InvariantCulture, $"\"{Policy}\";r={Left};t={Math.Ceiling(full)}"));
    }
}
