namespace CodeInterpreter.TestDiscord.Rest;

/// <summary>What Discord does instead of what it was asked for.</summary>
internal abstract record Fault
{
    /// <summary>An error with Discord's own number.</summary>
    public sealed record Error(int Status, int Code, string Message) : Fault;

    /// <summary>Too many requests: of this bot (<c>user</c>), of all bots (<c>shared</c>), or on all routes (<c>global</c>).</summary>
    public sealed record TooMany(TimeSpan RetryAfter, string Scope = "user") : Fault;

    /// <summary>The connection breaks, before or after Discord did what was asked.</summary>
    public sealed record Break(bool AfterDoing = false) : Fault;

    /// <summary>A page of a proxy in place of JSON, as during outages.</summary>
    public static Error Unavailable { get; } = new(503, 0, "");

    public static Error UnknownInteraction { get; } = new(404, 10062, "Unknown interaction");
}
