namespace CodeInterpreter.Discord.Platform.Rest;

/// <summary>How long an attempt of a call may take: as long as its body needs on a slow line.</summary>
internal static class AttemptTimeout
{
    /// <summary>The longest: Discord takes an answer for 15 minutes.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private const long BytesPerSecond = 64 * 1024;
    private static readonly TimeSpan Answering = TimeSpan.FromSeconds(20);

    /// <summary>The timeout of a call with this body.</summary>
    public static TimeSpan Of(HttpContent? body)
    {
        var sending = TimeSpan.FromSeconds((body?.Headers.ContentLength ?? 0) / (double)BytesPerSecond);
        return sending < Longest - Answering ? Answering + sending : Longest;
    }
}
