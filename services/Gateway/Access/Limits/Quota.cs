using System.Globalization;

namespace CodeInterpreter.Gateway.Access.Limits;

/// <summary>How a limit stands after a call.</summary>
/// <param name="Policy">Its name, <c>key</c> or <c>user</c>.</param>
/// <param name="PerMinute">The limit.</param>
/// <param name="Left">Calls that may come at once.</param>
/// <param name="RetryAfter">When the next may come, where this one was too many.</param>
internal sealed record Quota(string Policy, int PerMinute, long Left, TimeSpan? RetryAfter)
{
    /// <summary>Tells the caller, in the fields of draft-ietf-httpapi-ratelimit-headers-10.</summary>
    public void Tell(HttpResponse response)
    {
        if (response.HasStarted)
            return;

        var full = (PerMinute - Left) * 60.0 / PerMinute;
        response.Headers.Append("RateLimit-Policy", string.Create(CultureInfo.InvariantCulture, $"\"{Policy}\";q={PerMinute};w=60"));
        response.Headers.Append("RateLimit", string.Create(CultureInfo.InvariantCulture, $"\"{Policy}\";r={Left};t={Math.Ceiling(full)}"));
    }
}
