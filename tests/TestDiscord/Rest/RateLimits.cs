using System.Globalization;
using System.Text.RegularExpressions;
using CodeInterpreter.TestDiscord.Model;
using Microsoft.AspNetCore.Http;

namespace CodeInterpreter.TestDiscord.Rest;

/// <summary>Buckets of requests with a limit for each window, and who sends before they may.</summary>
internal sealed partial class RateLimits(TimeProvider time, DiscordSettings settings)
{
    // Timers may be early by this much.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTimeOffset Ends, int Used)> _windows = [];
    private readonly Dictionary<string, DateTimeOffset> _pauses = [];
    private DateTimeOffset _globalPause;

    /// <summary>How many requests exceeded a limit, without those for which a test ordered it.</summary>
    public int Exceeded { get; private set; }

    /// <summary>How many requests came in spite of a pause that Discord had asked for.</summary>
    public int TooEarly { get; private set; }

    /// <summary>Answers that count for a ban of the address: 10,000 in ten minutes.</summary>
    public int Invalid { get; private set; }

    /// <summary>Counts a request, writes the headers, and returns how long the bot has to wait if it is one too many.</summary>
    public TimeSpan? Count(HttpContext context, string path)
    {
        var key = KeyOf(context.Request.Method, path);
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (now + Tolerance < _pauses.GetValueOrDefault(key) || (!IsWebhook(path) && now + Tolerance < _globalPause))
                TooEarly++;
            var (ends, used) = _windows.GetValueOrDefault(key);
            if (now >= ends)
                (ends, used) = (now + settings.BucketWindow, 0);
            _windows[key] = (ends, used + 1);
            var headers = context.Response.Headers;
            headers["X-RateLimit-Limit"] = $"{settings.BucketLimit}";
            headers["X-RateLimit-Remaining"] = $"{Math.Max(0, settings.BucketLimit - used - 1)}";
            headers["X-RateLimit-Reset"] = Seconds(ends - DateTimeOffset.UnixEpoch);
            headers["X-RateLimit-Reset-After"] = Seconds(ends - now);
            headers["X-RateLimit-Bucket"] =
                $"{(uint)string.GetHashCode(RouteOf(context.Request.Method, path), StringComparison.Ordinal):x8}";
            if (used < settings.BucketLimit)
                return null;
            Exceeded++;
            _pauses[key] = ends;
            return ends - now;
        }
    }

    /// <summary>Remembers that a bot was asked to wait.</summary>
    public void Pause(string method, string path, Fault.TooMany fault)
    {
        lock (_lock)
        {
            if (fault.Scope == "global")
                _globalPause = time.GetUtcNow() + fault.RetryAfter;
            else
                _pauses[KeyOf(method, path)] = time.GetUtcNow() + fault.RetryAfter;
        }
    }

    public void CountAnswer(int status, string? scope)
    {
        lock (_lock)
            Invalid += status is 401 or 403 || (status == 429 && scope != "shared") ? 1 : 0;
    }

    public static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    private static bool IsWebhook(string path) => path.StartsWith("/webhooks/", StringComparison.Ordinal);

    // Number and token of a webhook, or of an interaction, are major parameters: each has buckets of its own.
    private static string KeyOf(string method, string path) =>
        IsWebhook(path) || path.StartsWith("/interactions/", StringComparison.Ordinal)
            ? RouteOf(method, path) + string.Join('/', path.Split('/').Take(4))
            : RouteOf(method, path);

    private static string RouteOf(string method, string path) => $"{method} {Ids().Replace(path, "/{id}")}";

    [GeneratedRegex("/[0-9]{15,}(/[^/]{40,})?|/@original")]
    private static partial Regex Ids();
}
